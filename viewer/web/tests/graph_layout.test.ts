import { describe, expect, it, vi } from "vitest";
import { placeCarefully } from "../src/graphs/layout/careful";
import { placeCoarsely } from "../src/graphs/layout/coarse";
import type { LocalGraph } from "../src/graphs/layout/local";
import { ranksOf } from "../src/graphs/layout/ranks";
import type { Box, Scene, View } from "../src/graphs/scene";
import type { GraphSession } from "../src/graphs/session";
import { anyGraph, chance, type Node, sessionOf, tableOf, view } from "./graph_model";

// A machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

/** A view in which some boxes are open, by chance; all that are around these are open as well. */
function anyView(session: GraphSession, seed: number, share: number): View {
  const random = chance(seed);
  const all = session.expandAll("").expanded;
  const open = new Set(all.filter(() => random() < share));
  const whole = [...open].flatMap((path) => [...session.reveal(path), path]);
  return view([...new Set(whole)], { direction: random() < 0.5 ? "down" : "right" });
}

const byId = (scene: Scene): Map<number, Box> => new Map(scene.boxes.map((box) => [box.id, box]));

/** For each operation the box that it is seen in: itself, or the closed box around it. */
function holders(scene: Scene, session: GraphSession, nodes: readonly Node[]): Map<string, string> {
  const closed = new Set(scene.boxes.filter((box) => !box.isExpanded).map((box) => box.path));
  return new Map(
    nodes.map(([path]) => {
      const around = [...session.reveal(path), path].filter((one) => closed.has(one));
      return [path, around.length === 1 ? (around[0] ?? "") : ""];
    }),
  );
}

type Rectangle = Pick<Box, "x" | "y" | "width" | "height">;

const isWithin = (box: Rectangle, outer: Rectangle): boolean =>
  box.x >= outer.x &&
  box.y >= outer.y &&
  box.x + box.width <= outer.x + outer.width &&
  box.y + box.height <= outer.y + outer.height;

const isApart = (a: Rectangle, b: Rectangle): boolean =>
  a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;

function isOnBorder(box: Rectangle | undefined, x = Number.NaN, y = Number.NaN): boolean {
  if (!box) return false;
  const [right, down] = [x - box.x, y - box.y];
  const isInside = right > -0.01 && down > -0.01 && right < box.width + 0.01 && down < box.height + 0.01;
  return isInside && [right, down, box.width - right, box.height - down].some((off) => Math.abs(off) < 0.01);
}

const SEEDS = Array.from({ length: 5 }, (_, seed) => seed);

describe("a scene", () => {
  it.each(SEEDS)("has every operation in one closed box, or folded onto one (%i)", (seed) => {
    const nodes = anyGraph(seed, 60);
    const session = sessionOf(nodes);
    const scene = session.layout(anyView(session, seed, 0.5));
    const of = holders(scene, session, nodes);
    const attached = new Set(scene.boxes.flatMap((box) => box.attachments.map(({ path }) => path)));
    const counts = scene.boxes.filter((box) => !box.isExpanded).reduce((sum, box) => sum + box.count, 0);
    const folded = nodes.filter(([path]) => !of.get(path));
    const hidden = scene.boxes.some((box) => box.moreAttachments);
    for (const [path, op] of folded) {
      expect(op).toBe("Const");
      if (!hidden) expect(attached).toContain(path);
    }
    expect(counts + folded.length).toBe(nodes.length);
  });

  it.each(SEEDS)("bundles the edges between boxes as counting them one by one does (%i)", (seed) => {
    const nodes = anyGraph(seed, 60);
    const session = sessionOf(nodes);
    const chosen = anyView(session, seed, 0.5);
    // Nothing is taken out of the main graph, and every constant is a box.
    const scene = session.layout({ ...chosen, included: session.paths() });
    const boxes = byId(scene);
    const of = holders(scene, session, nodes);
    const expected = new Map<string, { tensors: Set<string>; isControl: boolean }>();
    for (const [path, , ...inputs] of nodes) {
      for (const input of inputs) {
        const name = input.replace("^", "");
        const from = of.get(name) ?? "";
        const to = of.get(path) ?? "";
        const [, op, ...fed] = nodes.find(([one]) => one === name) ?? [];
        const isLiteral = op === "Const" && !fed.length;
        if (from === to || (isLiteral && from !== name)) continue;
        const key = `${from} → ${to}`;
        const line = expected.get(key) ?? { tensors: new Set(), isControl: true };
        line.tensors.add(input);
        line.isControl &&= input.startsWith("^");
        expected.set(key, line);
      }
    }
    const found = new Map(
      scene.edges.map(({ from, to, count, isControl }) => [
        `${boxes.get(from)?.path} → ${boxes.get(to)?.path}`,
        { count, isControl },
      ]),
    );
    expect(scene.edges.length).toBe(found.size);
    expect(found).toEqual(
      new Map([...expected].map(([key, { tensors, isControl }]) => [key, { count: tensors.size, isControl }])),
    );
  });

  it.each(SEEDS)("has boxes within the open boxes around them, and none upon another (%i)", (seed) => {
    const session = sessionOf(anyGraph(seed, 60));
    const scene = session.layout(anyView(session, seed, 0.7));
    const boxes = byId(scene);
    const siblings = new Map<number, Box[]>();
    const wrong: string[] = [];
    for (const box of scene.boxes) {
      const parent = boxes.get(box.parent);
      if (!parent && box.parent !== -1) wrong.push(`${box.path} is in what is not drawn`);
      const outside = parent ?? { x: 0, y: -24, width: scene.width, height: scene.height + 24, isExpanded: true };
      if (!isWithin(box, { ...outside, y: outside.y + 24, height: outside.height - 24 }))
        wrong.push(`${box.path} sticks out of ${parent?.path}`);
      if (!outside.isExpanded || (parent && scene.boxes.indexOf(parent) > scene.boxes.indexOf(box)))
        wrong.push(`${box.path} is in a closed or later box`);
      if (parent && box.depth !== parent.depth + 1) wrong.push(`${box.path} is at another depth`);
      for (const other of siblings.get(box.parent) ?? [])
        if (!isApart(box, other)) wrong.push(`${box.path} lies upon ${other.path}`);
      siblings.set(box.parent, [...(siblings.get(box.parent) ?? []), box]);
    }
    expect(wrong).toEqual([]);
  });

  it.each(SEEDS)("has lines from border to border (%i)", (seed) => {
    const session = sessionOf(anyGraph(seed, 60));
    const scene = session.layout(anyView(session, seed, 0.5));
    const boxes = byId(scene);
    for (const { from, to, points } of scene.edges) {
      const [source, target] = [boxes.get(from), boxes.get(to)];
      expect(points.length).toBeGreaterThanOrEqual(4);
      expect(points.every(Number.isFinite)).toBe(true);
      expect(isOnBorder(source, points[0], points[1]), `${source?.path} is left`).toBe(true);
      expect(isOnBorder(target, points.at(-2), points.at(-1)), `${target?.path} is reached`).toBe(true);
    }
  });

  it("is the same whatever was laid out before", () => {
    const nodes = anyGraph(3, 70);
    const [one, other] = [sessionOf(nodes), sessionOf(nodes)];
    const last = anyView(one, 5, 0.6);
    for (const seed of [1, 2, 3]) one.layout(anyView(one, seed, 0.4));
    const plain = (scene: Scene): unknown => ({
      ...scene,
      layoutMs: 0,
      edges: scene.edges.map((edge) => ({ ...edge, points: [...edge.points] })),
    });
    expect(plain(one.layout(last))).toEqual(plain(other.layout(last)));
  });

  it("of 10,000 boxes side by side says how they are drawn", () => {
    const random = chance(1);
    const nodes = Array.from(
      { length: 10_000 },
      (_, at): Node => [
        `n${"abcdefg"[at % 7]}${at * 3}x`,
        "Op",
        ...(at ? [`n${"abcdefg"[(at - 1) % 7]}${(at - 1) * 3}x`] : []),
        ...(random() < 0.3 && at > 40 ? [`n${"abcdefg"[(at - 30) % 7]}${(at - 30) * 3}x`] : []),
      ],
    );
    const scene = sessionOf(nodes).layout(view());
    expect(scene.boxes).toHaveLength(10_000);
    expect(scene.notes).toEqual([
      "10,000 boxes lie side by side in the graph: they are drawn in rows, and lines may cross boxes",
    ]);
    const proportion = scene.width / scene.height;
    expect(proportion).toBeGreaterThan(0.5);
    expect(proportion).toBeLessThan(4);
    const cells = new Set(scene.boxes.map((box) => `${box.x} ${box.y}`));
    expect(cells.size).toBe(10_000);
  });
});

describe("a layout of one scope", () => {
  const random = chance(9);
  const pick = (of: number): number => Math.floor(random() * of);
  const scopes = SEEDS.map((seed): LocalGraph => {
    const count = 2 + pick(25);
    const pairs = new Set<string>();
    for (let at = 0; at < count * 1.5; at++) {
      const [from, to] = [pick(count), pick(count)];
      if (from !== to) pairs.add(`${from} ${to}`);
    }
    const some = (): number[] => [...Array(count).keys()].filter(() => random() < 0.2);
    return {
      widths: Array.from({ length: count }, () => 40 + pick(200)),
      margins: Array.from({ length: count }, () => (random() < 0.3 ? 30 : 0)),
      heights: Array.from({ length: count }, () => 20 + pick(seed % 3 ? 30 : 400)),
      edges: [...pairs].map((pair) => pair.split(" ").map(Number) as [number, number]),
      entries: some(),
      exits: some(),
      gap: 40,
    };
  });

  it.each(scopes.map((scope, at) => [at, scope] as const))("leads lines in and out (%i)", (_, scope) => {
    for (const place of [placeCarefully, placeCoarsely]) {
      const places = place(scope);
      expect(places.routes).toHaveLength(scope.edges.length);
      expect(places.entryRoutes).toHaveLength(scope.entries.length);
      expect(places.exitRoutes).toHaveLength(scope.exits.length);
      for (const route of places.entryRoutes) expect(route[1]).toBeCloseTo(0, 0);
      for (const route of places.exitRoutes) expect(route[route.length - 1]).toBeCloseTo(places.height, 0);
      for (const route of [...places.routes, ...places.entryRoutes, ...places.exitRoutes]) {
        expect(route.length % 2).toBe(0);
        expect(route.length).toBeGreaterThanOrEqual(4);
      }
      places.x.forEach((x, at) => {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + (scope.widths[at] ?? 0)).toBeLessThanOrEqual(places.width + 0.01);
        expect(places.y[at]).toBeGreaterThanOrEqual(0);
        expect((places.y[at] ?? 0) + (scope.heights[at] ?? 0)).toBeLessThanOrEqual(places.height + 0.01);
      });
    }
  });

  it.each(scopes.map((scope, at) => [at, scope] as const))("puts what is fed below what feeds it (%i)", (_, scope) => {
    const { rank, isBack, rows } = ranksOf(scope.widths.length, scope.edges);
    scope.edges.forEach(([from, to], at) => {
      const [above, below] = isBack[at] ? [to, from] : [from, to];
      expect(rank[above]).toBeLessThan(rank[below] ?? -1);
    });
    expect(Math.max(...rank)).toBe(rows - 1);
  });

  it("turns round no edge of a graph without cycles", () => {
    const edges = [...Array(50).keys()].flatMap((at) => (at ? [[at - 1, at] as const, [0, at] as const] : []));
    expect([...ranksOf(50, edges).isBack].some(Boolean)).toBe(false);
    expect([
      ...ranksOf(2, [
        [0, 1],
        [1, 0],
      ]).isBack,
    ]).toEqual([0, 1]);
  });
});

describe("an odd graph", () => {
  it("may be empty", () => {
    const scene = sessionOf([]).layout(view());
    expect(scene.boxes).toEqual([]);
    expect(scene.edges).toEqual([]);
  });

  it("may feed itself", () => {
    const scene = sessionOf([
      ["a", "X", "a", "b"],
      ["b", "Y", "a", "^b"],
    ]).layout(view());
    expect(scene.edges).toHaveLength(2);
  });

  it("may be nested as deep as there are letters", () => {
    const path = Array.from({ length: 200 }, (_, at) => `s${at}`).join("/");
    const session = sessionOf([
      ["in", "X"],
      [`${path}/a`, "X", "in"],
      [`${path}/b`, "X", `${path}/a`],
    ]);
    const around = session.reveal(`${path}/b`);
    expect(around).toHaveLength(200);
    const scene = session.layout(view(around));
    expect(scene.boxes).toHaveLength(203);
    expect(scene.edges).toHaveLength(2);
  });

  it("may have names that mean something to JavaScript", () => {
    const session = sessionOf([
      ["__proto__/constructor", "toString"],
      ["__proto__/hasOwnProperty", "__proto__", "__proto__/constructor"],
      ["constructor", "valueOf", "__proto__/hasOwnProperty"],
    ]);
    const scene = session.layout(view(["__proto__"]));
    expect(scene.boxes.map((box) => box.path).sort()).toEqual([
      "__proto__",
      "__proto__/constructor",
      "__proto__/hasOwnProperty",
      "constructor",
    ]);
    expect(scene.edges).toHaveLength(2);
    expect(session.facts("__proto__/hasOwnProperty").op).toBe("__proto__");
  });

  it("may have a node that feeds hundreds", () => {
    const session = sessionOf([
      ["step", "X"],
      ...Array.from({ length: 300 }, (_, at): Node => [`u${at}`, "Y", "step", ...(at ? [`u${at - 1}`] : [])]),
    ]);
    const path = session.layout(view()).boxes.map((box) => box.path);
    expect(path).toEqual(["step", "u0…299"]);
    const open = view(["u0…299"]);
    const scene = session.layout(open);
    expect(scene.boxes).toHaveLength(302);
    const ungrouped = session.layout(view([], { ungrouped: ["u0…299"] }));
    expect(ungrouped.boxes).toHaveLength(301);
    expect(ungrouped.boxes.find((box) => box.path === "step")?.isExtracted).toBe(true);
    expect(ungrouped.edges).toHaveLength(299);
    const kept = session.layout(view([], { ungrouped: ["u0…299"], included: ["step"] }));
    expect(kept.boxes.find((box) => box.path === "step")?.isExtracted).toBe(false);
    expect(kept.edges).toHaveLength(599);
  });

  it("keeps its table as it came", () => {
    const table = tableOf(anyGraph(1, 30));
    const before = JSON.stringify(table);
    const session = sessionOf(anyGraph(1, 30));
    session.layout(view());
    expect(JSON.stringify(table)).toBe(before);
  });
});
