import { describe, expect, it } from "vitest";
import { anchored, firstView, fitTo, held, toScreen, zoomAt } from "../src/dashboards/graphs/camera";
import { colorOf, legendRows, modesOf } from "../src/dashboards/graphs/coloring";
import { along, arrowAt, curveAlong } from "../src/dashboards/graphs/curve";
import { BoxPalette, type Look } from "../src/dashboards/graphs/look";
import { boxAfter, boxTowards } from "../src/dashboards/graphs/neighbor";
import { paintScene } from "../src/dashboards/graphs/paint";
import { pictureScale } from "../src/dashboards/graphs/save_graph";
import { SceneIndex } from "../src/dashboards/graphs/scene_index";
import { opened } from "../src/dashboards/graphs/settings";
import { fitted, SvgShapePen, textWidth } from "../src/dashboards/graphs/shape_pen";
import { formatTime } from "../src/dashboards/graphs/words";
import { SvgBuilder } from "../src/draw/save";
import type { Box, Edge, Overview, Scene } from "../src/graphs/scene";
import { currentHash, parseHash } from "../src/state/hash";

const SIZE = { width: 800, height: 600 };

function box(id: number, path: string, more: Partial<Box> = {}): Box {
  return {
    id,
    path,
    name: path.split("/").at(-1) ?? path,
    kind: "op",
    op: "Relu",
    parent: -1,
    depth: 0,
    isExpanded: false,
    canExpand: false,
    count: 1,
    x: 0,
    y: 0,
    width: 120,
    height: 30,
    structure: -1,
    device: 0,
    time: null,
    memory: null,
    isExtracted: false,
    attachments: [],
    moreAttachments: 0,
    ...more,
  };
}

const edge = (from: number, to: number, points: number[], more: Partial<Edge> = {}): Edge => ({
  from,
  to,
  points: new Float32Array(points),
  label: "",
  size: null,
  count: 1,
  isControl: false,
  ...more,
});

/** An input, an open scope of two operations side by side, and one below. */
function scene(): Scene {
  const open = { kind: "scope", op: "", isExpanded: true, canExpand: true, count: 2 } as const;
  return {
    boxes: [
      box(0, "input", { x: 140 }),
      box(1, "net", { ...open, x: 0, y: 80, width: 400, height: 120, structure: 3 }),
      box(2, "net/left", { parent: 1, depth: 1, x: 20, y: 130 }),
      box(3, "net/right", { parent: 1, depth: 1, x: 260, y: 130 }),
      box(4, "loss", { x: 140, y: 260 }),
    ],
    edges: [
      edge(0, 2, [200, 30, 200, 100, 80, 100, 80, 130], { label: "8×4", size: 32 }),
      edge(0, 3, [200, 30, 320, 130]),
      edge(2, 4, [80, 160, 180, 260]),
      edge(3, 4, [320, 160, 220, 260], { isControl: true }),
    ],
    width: 400,
    height: 290,
    layoutMs: 0,
    notes: [],
  };
}

const LOOK: Look = {
  appearance: "light",
  ground: "#f0f0f0",
  bodies: ["#fafafa", "#eeeeee"],
  surface: "#ffffff",
  border: "#cccccc",
  line: "#999999",
  faintLine: "#dddddd",
  text: "#111111",
  muted: "#666666",
  faint: "#888888",
  accent: "#0000ff",
};

describe("the camera", () => {
  it("keeps what the pointer is at while it zooms", () => {
    const at = { x: 300, y: 200 };
    const before = { x: 10, y: 20, zoom: 0.5 };
    const after = zoomAt(before, at, 3);
    expect(after.zoom).toBeCloseTo(1.5);
    expect(toScreen(after, { x: 10 + 300 / 0.5, y: 20 + 200 / 0.5 })).toEqual({
      x: expect.closeTo(300),
      y: expect.closeTo(200),
    });
  });

  it("keeps a box in its place though the scene around it moved", () => {
    const camera = { x: 5, y: 6, zoom: 2 };
    const next = anchored(camera, { x: 100, y: 50 }, { x: 340, y: 90 });
    expect(toScreen(next, { x: 340, y: 90 })).toEqual(toScreen(camera, { x: 100, y: 50 }));
  });

  it("shows all of what can be read, and else the beginning", () => {
    expect(firstView({ width: 400, height: 290 }, undefined, SIZE)).toEqual(
      fitTo({ x: 0, y: 0, width: 400, height: 290 }, SIZE),
    );
    const first = { x: 3000, y: 40, width: 120, height: 30 };
    const view = firstView({ width: 6000, height: 9000 }, first, SIZE);
    expect(view.zoom).toBeGreaterThan(0.5);
    const { x, y } = toScreen(view, first);
    expect(x).toBeGreaterThan(0);
    expect(x + first.width * view.zoom).toBeLessThan(SIZE.width);
    expect(y).toBeCloseTo(32);
  });

  it("does not lose the scene out of sight", () => {
    const seen = held({ x: 1e6, y: -1e6, zoom: 1 }, { width: 400, height: 300 }, SIZE);
    expect(seen.x).toBe(400 - 80);
    expect(seen.y).toBe(80 - SIZE.height);
  });
});

describe("what lies where", () => {
  it("finds the innermost box at a place, and no box beside all of them", () => {
    const index = new SceneIndex(scene());
    expect(index.boxAt(30, 140)?.path).toBe("net/left");
    expect(index.boxAt(200, 190)?.path).toBe("net");
    expect(index.boxAt(390, 10)).toBeNull();
  });

  it("finds what a plain look at every box and edge finds", () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const boxes = Array.from({ length: 400 }, (_, id) =>
      box(id, `b${id}`, { x: random() * 5000, y: random() * 3000, width: random() ** 4 * 3000, height: 30 }),
    );
    const index = new SceneIndex({ boxes, edges: [], width: 8000, height: 3100, layoutMs: 0, notes: [] });
    for (let i = 0; i < 50; i++) {
      const rect = { x: random() * 5000, y: random() * 3000, width: random() * 900, height: random() * 900 };
      const plain = boxes.filter(
        (one) =>
          one.x <= rect.x + rect.width &&
          rect.x <= one.x + one.width &&
          one.y <= rect.y + rect.height &&
          rect.y <= one.y + one.height,
      );
      expect(index.boxesIn(rect)).toEqual(plain);
    }
  });

  it("finds what is folded onto a box there", () => {
    const { boxes, ...rest } = scene();
    const weight = { name: "weight", op: "Const", id: 9, path: "net/left/weight", isInput: true };
    const [first, ...others] = boxes as [Box, ...Box[]];
    const index = new SceneIndex({ ...rest, boxes: [{ ...first, attachments: [weight] }, ...others] });
    expect(index.boxFor("net/left/weight")?.path).toBe("input");
    expect(index.boxFor("net/left")?.path).toBe("net/left");
    expect(index.boxFor("net/none")).toBeNull();
    expect(index.boxFor("")).toBeNull();
  });

  it("gives no place to two labels", () => {
    const { labels } = new SceneIndex(scene());
    const at = (x: number, y: number): boolean => labels.take({ x, y, width: 60, height: 14 });
    expect([at(240, 250), at(270, 255), at(240, 270), at(301, 250)]).toEqual([true, false, true, true]);
  });

  it("knows the edges of a box", () => {
    const index = new SceneIndex(scene());
    expect(index.edgesAt(3).map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 4],
    ]);
  });
});

describe("curves", () => {
  it("begin and end where their points do, and stay among them", () => {
    const points = [0, 0, 0, 50, 100, 50, 100, 100];
    const knots = curveAlong(points);
    expect(knots.slice(0, 2)).toEqual([0, 0]);
    expect(knots.slice(-2)).toEqual([100, 100]);
    expect((knots.length - 2) % 6).toBe(0);
    expect(knots.every((value) => value >= -1e-9 && value <= 100 + 1e-9)).toBe(true);
  });

  it("have points along them", () => {
    const points = along(curveAlong([0, 0, 0, 90]), 3);
    expect(points.map(({ x, y }) => [x, Math.round(y)])).toEqual([
      [0, 15],
      [0, 45],
      [0, 75],
    ]);
  });

  it("end in a head that points where they lead", () => {
    expect(arrowAt([0, 0, 0, 100, 0, 100], 10)?.corners.slice(0, 2)).toEqual([0, 100]);
    expect(arrowAt([0, 0, 0, 100], 10)?.neck.y).toBeCloseTo(92);
    expect(arrowAt([5, 5, 5, 5], 10)).toBeNull();
  });
});

describe("keys", () => {
  const index = new SceneIndex(scene());
  const by = (path: string): Box => index.byPath.get(path) as Box;

  it("lead to the box that lies that way, rather along an edge", () => {
    expect(boxTowards(index, by("input"), "down")?.path).toBe("net/left");
    expect(boxTowards(index, by("net"), "down")?.path).toBe("net/left");
    expect(boxTowards(index, by("net/left"), "right")?.path).toBe("net/right");
    expect(boxTowards(index, by("net/right"), "left")?.path).toBe("net/left");
    expect(boxTowards(index, by("net/left"), "down")?.path).toBe("loss");
    expect(boxTowards(index, by("loss"), "down")).toBeNull();
  });

  it("go through all boxes once, and end", () => {
    const seen: string[] = [];
    for (let at = boxAfter(index, null, 1); at; at = boxAfter(index, at, 1)) seen.push(at.path);
    expect(seen).toEqual(["input", "net", "net/left", "net/right", "loss"]);
    expect(boxAfter(index, by("input"), -1)).toBeNull();
  });
});

const OVERVIEW: Overview = {
  form: "graph_def",
  ops: 4,
  scopes: 1,
  devices: ["cpu", "gpu"],
  opTypes: [{ name: "Relu", count: 4 }],
  hasTime: true,
  hasMemory: false,
  maxTime: 100,
  maxMemory: 0,
  notes: [],
  structures: 1,
  initial: [],
};

describe("colours", () => {
  const coloring = { overview: OVERVIEW, appearance: "light", unticked: new Set<number>() } as const;

  it("are offered for what is known", () => {
    expect(modesOf(OVERVIEW)).toEqual(["structure", "type", "device", "time", "none"]);
  });

  it("tell amounts apart, and leave out what does not count", () => {
    const at = colorOf({ ...coloring, mode: "time" });
    expect(at(box(0, "a", { time: 100 }))).not.toBe(at(box(1, "b", { time: 0 })));
    expect(at(box(0, "a"))).toBeNull();
    expect(colorOf({ ...coloring, mode: "time", unticked: new Set([0]) })(box(0, "a", { time: 100 }))).toBeNull();
  });

  it("have a row in the legend for every structure that is drawn", () => {
    const rows = legendRows({ ...coloring, mode: "structure" }, scene().boxes);
    expect(rows.map(({ words, note }) => [words, note])).toEqual([["net", "1"]]);
  });
});

describe("the drawing", () => {
  const draw = (zoom: number, isLit = (_: Box): boolean => true, mute = false): string => {
    const svg = new SvgBuilder(400, 290, "#ffffff");
    const palette = new BoxPalette(LOOK, () => null, isLit);
    const painting = { index: new SceneIndex(scene()), palette, zoom, isMute: mute };
    for (const _ of paintScene(new SvgShapePen(svg), painting, { x: 0, y: 0, width: 400, height: 290 }));
    return svg.toString();
  };

  it("has every box with its name, every edge, and the shapes of tensors", () => {
    const svg = draw(1);
    for (const name of ["input", "net", "left", "right", "loss", "8×4"]) expect(svg).toContain(`>${name}</text>`);
    expect(svg.match(/<path d="M[^"]*C/g)?.length).toBe(4);
    expect(svg).toContain('stroke-dasharray="4 4"');
  });

  it("leaves out letters that nobody could read", () => {
    expect(draw(0.05)).not.toContain("<text");
    expect(draw(1, undefined, true)).not.toContain("<text");
  });

  it("lets what is not traced step back", () => {
    expect(draw(1, ({ path }) => path !== "loss")).toContain(LOOK.faintLine);
    expect(draw(1)).not.toContain(LOOK.faintLine);
  });

  it("escapes what a log calls its nodes", () => {
    const hostile = scene();
    const index = new SceneIndex({ ...hostile, boxes: [box(0, '<script>"&', { width: 400 })], edges: [] });
    const svg = new SvgBuilder(400, 290, "#ffffff");
    const painting = {
      index,
      palette: new BoxPalette(
        LOOK,
        () => null,
        () => true,
      ),
      zoom: 1,
    };
    for (const _ of paintScene(new SvgShapePen(svg), painting, { x: 0, y: 0, width: 400, height: 290 }));
    expect(svg.toString()).toContain("&lt;script&gt;&quot;&amp;</text>");
  });
});

describe("names", () => {
  it("give way in their middle, as far as there is room", () => {
    const cut = fitted("encoder_layer_attention_12", 12, 90);
    expect(cut).toContain("…");
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(90);
    expect(cut.endsWith("2")).toBe(true);
    expect(fitted("relu", 12, 90)).toBe("relu");
    expect(fitted("relu_and_more", 12, 8)).toBe("");
  });

  it("are cut where they are endless", () => {
    expect(fitted("x".repeat(100_000), 12, 1e9).length).toBeLessThan(300);
  });
});

it("paths of very many open boxes are left out of the address, and few are in it", () => {
  opened.value = ["net", "net/left"];
  expect(parseHash(currentHash()).get("graph-open")).toEqual(["net", "net/left"]);
  opened.value = Array.from({ length: 400 }, (_, at) => `net/layer_${at}`);
  expect(currentHash()).not.toContain("graph-open");
  opened.value = [];
});

it("times are told in the unit that fits", () => {
  expect([12, 1500, 2_500_000].map(formatTime)).toEqual(["12 µs", "1.5 ms", "2.5 s"]);
});

it("pictures are as large as browsers can make them, and no larger", () => {
  expect(pictureScale(1000, 800)).toBe(2);
  const scale = pictureScale(4000, 60_000);
  expect(60_000 * scale).toBeLessThanOrEqual(16_000);
  expect(4000 * 60_000 * scale ** 2).toBeLessThanOrEqual(32_000_000);
});
