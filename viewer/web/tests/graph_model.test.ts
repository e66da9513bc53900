import { describe, expect, it, vi } from "vitest";
import type { GraphTable } from "../src/api/graphs";
import type { Box, Scene } from "../src/graphs/scene";
import { numbered } from "../src/graphs/series";
import { GraphSession } from "../src/graphs/session";
import { anyGraph, type Extra, type Node, sessionOf, tableOf, view } from "./graph_model";

// A machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const paths = (scene: Scene): string[] => scene.boxes.map((box) => box.path);
const boxAt = (scene: Scene, path: string): Box => {
  const found = scene.boxes.find((box) => box.path === path);
  if (!found) throw new Error(`${path} is not drawn`);
  return found;
};

/** Three equal blocks in a row, another one, and what torch has around weights. */
const NET: Node[] = [
  ["input/x", "IO Node"],
  ...[0, 1, 2].flatMap((at): Node[] => [
    [`Net/Block[${at}]/conv/weight/w${at}`, "prim::GetAttr"],
    [
      `Net/Block[${at}]/conv/out${at}`,
      "aten::conv",
      at ? `Net/Block[${at - 1}]/add${at - 1}` : "input/x",
      `Net/Block[${at}]/conv/weight/w${at}`,
    ],
    [`Net/Block[${at}]/add${at}`, "aten::add", `Net/Block[${at}]/conv/out${at}`],
  ]),
  ["Net/Linear[fc]/out", "aten::addmm", "Net/Block[2]/add2"],
  ["Net/Linear[fc]/log", "aten::log", "Net/Linear[fc]/out"],
  ["output/y", "IO Node", "Net/Linear[fc]/log"],
];

describe("the hierarchy", () => {
  it("is by the slashes in names, and a scope of one operation is that operation", () => {
    const scene = sessionOf(NET).layout(view(["Net"]));
    expect(paths(scene)).toEqual(["input/x", "Net", "Net/Block[0…2]", "Net/Linear[fc]", "output/y"]);
    expect(scene.boxes.map((box) => box.name)).toEqual(["input", "Net", "Block[0…2]", "Linear[fc]", "output"]);
    expect(scene.boxes.map((box) => box.kind)).toEqual(["op", "scope", "series", "scope", "op"]);
    expect(scene.boxes.map((box) => box.count)).toEqual([1, 11, 9, 2, 1]);
    expect(boxAt(scene, "input/x")).toMatchObject({ op: "IO Node", canExpand: false });
  });

  it("folds equal blocks of successive numbers", () => {
    const session = sessionOf(NET);
    const open = session.layout(view(["Net", "Net/Block[0…2]"]));
    expect(boxAt(open, "Net/Block[1]").parent).toBe(boxAt(open, "Net/Block[0…2]").id);
    const apart = session.layout(view(["Net"], { ungrouped: ["Net/Block[0…2]"] }));
    expect(paths(apart)).toEqual([
      ...["input/x", "Net", "Net/Block[0]", "Net/Block[1]", "Net/Block[2]", "Net/Linear[fc]", "output/y"],
    ]);
    expect(apart.edges).toHaveLength(5);
  });

  it.each<[string, string[]]>([
    ["numbers are missing", ["a_0", "a_2", "a_4"]],
    ["there are only two", ["a_0", "a_1", "b_2"]],
    ["the names differ behind the number", ["a_0x", "a_1y", "a_2x"]],
  ])("folds nothing where %s", (_, names) => {
    const nodes = names.flatMap((name): Node[] => [
      [`${name}/x`, "X"],
      [`${name}/y`, "Y", `${name}/x`],
    ]);
    expect(paths(sessionOf(nodes).layout(view()))).toEqual(names);
  });

  it("folds nothing where blocks differ inside", () => {
    const nodes = [0, 1, 2].flatMap((at): Node[] => [
      [`a_${at}/x`, "X"],
      [`a_${at}/y`, at === 1 ? "Z" : "Y", `a_${at}/x`],
    ]);
    expect(paths(sessionOf(nodes).layout(view()))).toEqual(["a_0", "a_1", "a_2"]);
  });

  it("finds the last number of a name", () => {
    expect(numbered("layer_12")).toEqual({ before: "layer_", number: 12, after: "" });
    expect(numbered("Conv2d[3]")).toEqual({ before: "Conv2d[", number: 3, after: "]" });
    expect(numbered("a01")).toBeNull();
    expect(numbered("abc")).toBeNull();
    expect(numbered("9".repeat(1000))).toBeNull();
  });

  it("says what to open for something to be seen", () => {
    const session = sessionOf(NET);
    expect(session.reveal("Net/Block[1]/conv/out1")).toEqual([
      "Net",
      "Net/Block[0…2]",
      "Net/Block[1]",
      "Net/Block[1]/conv",
    ]);
    for (const [path] of NET) {
      const scene = session.layout(view(session.reveal(path)));
      const seen = [...paths(scene), ...scene.boxes.flatMap((box) => box.attachments.map((one) => one.path))];
      expect(seen).toContain(path);
    }
    expect(() => session.reveal("no/such")).toThrow("This graph has no no/such");
  });

  it("opens at first what is nearly all of it", () => {
    expect(sessionOf(NET).overview().initial).toEqual(["Net"]);
    expect(
      sessionOf([
        ["a/x", "X"],
        ["b/y", "X"],
      ]).overview().initial,
    ).toEqual([]);
  });

  it("opens everything, and not more than can be drawn", () => {
    const session = sessionOf(NET);
    const { expanded, reason } = session.expandAll("");
    expect(reason).toBeNull();
    expect(session.layout(view(expanded)).boxes.filter((box) => box.canExpand && !box.isExpanded)).toEqual([]);
    expect(session.expandAll("Net/Linear[fc]").expanded).toEqual(["Net/Linear[fc]"]);
    const many = Array.from({ length: 9000 }, (_, at): Node => [`s${at % 90}/x/n${at}q`, "X"]);
    const some = sessionOf(many).expandAll("");
    expect(some.reason).toContain("more than 5,000 boxes");
    const boxes = sessionOf(many).layout(view(some.expanded)).boxes.length;
    expect(boxes).toBeGreaterThan(4000);
    expect(boxes).toBeLessThanOrEqual(5000);
  });
});

describe("small operations", () => {
  it("are folded onto what uses them", () => {
    const session = sessionOf([
      ["a/one", "prim::Constant"],
      ["a/list", "prim::ListConstruct", "a/one", "a/one"],
      ["a/w", "prim::GetAttr"],
      ["a/conv", "aten::conv", "a/w", "a/list"],
      ["a/note", "ScalarSummary", "a/conv"],
    ]);
    const scene = session.layout(view(["a"]));
    expect(paths(scene)).toEqual(["a", "a/conv"]);
    const { attachments } = boxAt(scene, "a/conv");
    expect(attachments.map(({ path, isInput }) => [path, isInput])).toEqual([
      ["a/one", true],
      ["a/w", true],
      ["a/list", true],
      ["a/note", false],
    ]);
    expect(scene.edges).toEqual([]);
    const kept = session.layout(view(["a"], { included: ["a/w"] }));
    expect(paths(kept)).toEqual(["a", "a/w", "a/conv"]);
    expect(kept.edges).toHaveLength(1);
  });

  it("of which there are many are counted", () => {
    const weights = Array.from({ length: 9 }, (_, at): Node => [`w${"abcdefghi"[at]}`, "Const"]);
    const scene = sessionOf([...weights, ["use", "X", ...weights.map(([path]) => path)]]).layout(view());
    expect(scene.boxes[0]).toMatchObject({ path: "use", moreAttachments: 4 });
    expect(scene.boxes[0]?.attachments).toHaveLength(5);
  });

  it("connect no scopes if they are literals, and do if they are weights", () => {
    const nodes = (op: string): Node[] => [
      ["a/c", op],
      ["a/x", "X", "a/c"],
      ["b/y", "X", "a/c"],
      ["b/z", "X"],
    ];
    expect(sessionOf(nodes("Const")).layout(view()).edges).toHaveLength(0);
    expect(sessionOf(nodes("VariableV2")).layout(view()).edges).toHaveLength(1);
  });

  it("that much uses stay boxes if they are weights", () => {
    const users = Array.from({ length: 7 }, (_, at): Node => [`u${"abcdefg"[at]}`, "X", "w"]);
    const scene = sessionOf([["w", "VariableV2"], ...users]).layout(view());
    expect(paths(scene)).toContain("w");
    expect(scene.edges).toHaveLength(7);
  });
});

describe("boxes beside the main graph", () => {
  const nodes: Node[] = [
    ["step", "X"],
    ...Array.from(
      { length: 12 },
      (_, at): Node => [`n${"abcdefghijkl"[at]}`, "Y", "step", ...(at ? [`n${"abcdefghijkl"[at - 1]}`] : [])],
    ),
  ];

  it("are those of very many lines, which become attachments", () => {
    const scene = sessionOf(nodes).layout(view());
    const step = boxAt(scene, "step");
    expect(step.isExtracted).toBe(true);
    expect(scene.edges).toHaveLength(11);
    for (const box of scene.boxes) if (box !== step) expect(box.attachments.map(({ id }) => id)).toEqual([step.id]);
    expect(step.x).toBeGreaterThan(Math.max(...scene.boxes.filter((box) => box !== step).map((box) => box.x)));
  });

  it("are moved there and back", () => {
    const session = sessionOf(nodes);
    expect(session.layout(view([], { included: ["step"] })).edges).toHaveLength(23);
    const moved = session.layout(view([], { included: ["step"], extracted: ["nf"] }));
    expect(boxAt(moved, "nf").isExtracted).toBe(true);
    expect(boxAt(moved, "ng").attachments.map(({ path, isInput }) => [path, isInput])).toEqual([["nf", true]]);
    expect(boxAt(moved, "ne").attachments.map(({ path, isInput }) => [path, isInput])).toEqual([["nf", false]]);
    expect(moved.edges).toHaveLength(20);
  });
});

describe("what is told of boxes", () => {
  const extra: Record<string, Extra> = {
    "Net/Block[0]/conv/out0": { time: 5, memory: 100, device: "/gpu:0", shape: "2×8" },
    "Net/Block[0]/add0": { time: 2, device: "/gpu:0", shape: "2×8" },
    "Net/Block[1]/conv/out1": { time: 3, device: "/cpu:0" },
    "input/x": { shape: "2×3" },
  };
  const session = sessionOf(NET, extra);

  it("is summed up over the inside", () => {
    const scene = session.layout(view(["Net", "Net/Block[0…2]"]));
    const of = (path: string): unknown[] => {
      const { time, memory, device } = boxAt(scene, path);
      return [time, memory, device];
    };
    expect(of("Net")).toEqual([10, 100, -2]);
    expect(of("Net/Block[0]")).toEqual([7, 100, 0]);
    expect(of("Net/Block[1]")).toEqual([3, null, 1]);
    expect(of("Net/Block[2]")).toEqual([null, null, -1]);
    expect(session.overview()).toMatchObject({ hasTime: true, hasMemory: true, maxTime: 10, maxMemory: 100 });
  });

  it("says which have equal insides", () => {
    const scene = session.layout(view(["Net", "Net/Block[0…2]"]));
    const structure = [0, 1, 2].map((at) => boxAt(scene, `Net/Block[${at}]`).structure);
    expect(new Set(structure).size).toBe(1);
    expect(structure[0]).toBeGreaterThanOrEqual(0);
    expect(boxAt(scene, "Net/Linear[fc]").structure).toBe(-1);
    expect(boxAt(scene, "input/x").structure).toBe(-1);
    expect(session.overview().structures).toBe(2);
  });

  it("does not count literals among the insides", () => {
    const block = (at: number): Node[] => [
      [`b${at}/x`, "X", "b0/one"],
      [`b${at}/y`, "Y", `b${at}/x`],
    ];
    const scene = sessionOf([["b0/one", "prim::Constant"], ...block(0), ...block(1)]).layout(view());
    expect(scene.boxes.map(({ structure, count }) => [structure, count])).toEqual([
      [0, 3],
      [0, 2],
    ]);
  });

  it("labels lines with shapes and numbers of tensors", () => {
    const scene = session.layout(view(["Net"]));
    expect(scene.edges[0]).toMatchObject({ label: "2×3", size: 6, count: 1 });
    const two = sessionOf(
      [
        ["a/x", "X"],
        ["a/y", "X"],
        ["b", "Y", "a/x", "a/y", "a/y:1", "a/x"],
      ],
      {
        "a/x": { shape: "4" },
        "a/y": { shape: "5×5" },
      },
    ).layout(view());
    expect(two.edges.map(({ label, size, count }) => ({ label, size, count }))).toEqual([
      { label: "3 tensors", size: 25, count: 3 },
    ]);
  });

  it("counts the types of operations", () => {
    const { opTypes, ops, scopes } = session.overview();
    expect(ops).toBe(13);
    expect(scopes).toBe(9);
    expect(opTypes[0]).toEqual({ name: "aten::add", count: 3 });
    expect(opTypes.reduce((sum, { count }) => sum + count, 0)).toBe(13);
  });
});

describe("facts", () => {
  const session = sessionOf(NET, { "Net/Block[1]/conv/out1": { shape: "2×8" } });

  it("of an operation are what feeds it and what it feeds", () => {
    const facts = session.facts("Net/Block[1]/add1");
    expect(facts).toMatchObject({ kind: "op", op: "aten::add", count: 1, members: [] });
    expect(facts.inputs).toEqual([{ path: "Net/Block[1]/conv/out1", label: "2×8", isControl: false }]);
    expect(facts.outputs).toEqual([{ path: "Net/Block[2]/conv/out2", label: "", isControl: false }]);
  });

  it("of a scope are those across its border", () => {
    const facts = session.facts("Net/Block[1]");
    expect(facts.inputs.map(({ path }) => path)).toEqual(["Net/Block[0]/add0"]);
    expect(facts.outputs.map(({ path }) => path)).toEqual(["Net/Block[2]/conv/out2"]);
    expect(facts.members).toEqual(["Net/Block[1]/conv", "Net/Block[1]/add1"]);
    expect(session.facts("Net/Block[0…2]").members).toHaveLength(3);
  });

  it("of functions are who calls them", () => {
    const table: GraphTable = tableOf([
      ["call", "PartitionedCall"],
      ["functions/f/x", "X"],
      ["functions/f/y", "Y", "functions/f/x"],
    ]);
    table.functions = [["functions/f", "f"]];
    table.calls = [[0, "functions/f"]];
    table.described = [["functions/f", "", [["signature", "(x) → ()"]]]];
    const calls = new GraphSession(table);
    expect(calls.facts("functions/f")).toMatchObject({
      kind: "function",
      uses: ["call"],
      attributes: [{ name: "signature" }],
    });
    expect(calls.facts("call").uses).toEqual(["functions/f"]);
  });

  it("list no more than can be looked at", () => {
    const users = Array.from({ length: 700 }, (_, at): Node => [`u/n${at * 3}`, "X", "w"]);
    const many = sessionOf([["w", "X"], ...users]);
    expect(many.facts("w").outputs).toHaveLength(200);
    expect(many.facts("w").moreOutputs).toBe(500);
    expect(many.facts("u").moreMembers).toBe(200);
  });
});

describe("tracing", () => {
  it.each([1, 2, 3])("finds all that is up or down the edges (%i)", (seed) => {
    const nodes = anyGraph(seed, 60);
    const session = sessionOf(nodes);
    const inputs = new Map(nodes.map(([path, , ...from]) => [path, from.map((name) => name.replace("^", ""))]));
    const reach = (from: string, next: (path: string) => string[]): Set<string> => {
      const seen = new Set([from]);
      for (const path of seen) for (const one of next(path)) seen.add(one);
      return seen;
    };
    const up = (path: string): string[] => inputs.get(path) ?? [];
    const down = (path: string): string[] => nodes.flatMap(([one]) => (up(one).includes(path) ? [one] : []));
    for (const [path] of nodes.slice(-5)) {
      for (const [direction, next] of [
        ["inputs", up],
        ["outputs", down],
      ] as const) {
        const found = session.trace(path, direction);
        const expected = reach(path, next);
        expect(found.filter((one) => inputs.has(one)).sort()).toEqual([...expected].sort());
        const around = new Set([...expected].flatMap((one) => session.reveal(one)));
        expect(found.filter((one) => !inputs.has(one)).sort()).toEqual([...around].sort());
      }
    }
  });
});

describe("search", () => {
  const session = sessionOf(NET);

  it("finds paths that hold all words, names first", () => {
    expect(session.search("block[1] CONV", 10).paths).toEqual([
      "Net/Block[1]/conv/out1",
      "Net/Block[1]/conv",
      "Net/Block[1]/conv/weight/w1",
    ]);
    expect(session.search("addmm", 10).paths).toEqual(["Net/Linear[fc]/out"]);
    expect(session.search("net", 3)).toMatchObject({ total: 20 });
    expect(session.search("net", 3).paths).toHaveLength(3);
    expect(session.search("  ", 3).total).toBe(0);
  });
});
