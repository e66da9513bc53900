import { describe, expect, it } from "vitest";
import { readHistograms, rebinned } from "../src/dashboards/histograms/data";
import { HeatDrawing } from "../src/dashboards/histograms/heat";
import { layOut, outline, spotAt, yOf } from "../src/dashboards/histograms/layout";

const DATA = readHistograms({
  run: "r",
  tag: "w",
  total_steps: 9,
  edges: [0, 1, 2, 3],
  steps: [0, 10, 40],
  wall_times: [100, 101, 104],
  counts: [
    [4, 0, 0],
    [0, 4, 0],
    [0, 2, 2],
  ],
  totals: [4, 4, 4],
  min: [0, 1, 1],
  max: [1, 2, 3],
});
const SIZE = { width: 400, height: 300 };

describe("offset", () => {
  const layout = layOut(DATA, "offset", "step", SIZE);

  it("puts the oldest at the back and the newest in front, as far apart as their steps", () => {
    const [first, second, third] = layout.ridges.map((ridge) => ridge.baseline) as [number, number, number];
    expect(third).toBe(layout.bottom);
    expect((second - first) / (third - first)).toBeCloseTo(10 / 40);
    expect(layout.ridges.map((ridge) => ridge.age)).toEqual([0, 0.5, 1]);
  });

  it("keeps every ridge inside the card", () => {
    for (const ridge of layout.ridges) {
      const points = outline(DATA, layout, ridge);
      for (let i = 0; i < points.length; i += 2) {
        expect(points[i]).toBeGreaterThanOrEqual(layout.left);
        expect(points[i]).toBeLessThanOrEqual(layout.right);
        expect(points[i + 1]).toBeGreaterThanOrEqual(layout.top);
        expect(points[i + 1]).toBeLessThanOrEqual(layout.bottom);
      }
    }
  });

  it("means the ridge in front where two lie over each other", () => {
    const newest = layout.ridges[2];
    if (!newest) throw new Error("three ridges expected");
    const y = yOf(layout, newest, 2) + 1;
    const spot = spotAt(DATA, layout, layout.left + 0.5 * (layout.right - layout.left), y);
    expect([spot?.ridge.index, spot?.bin]).toEqual([2, 1]);
    expect(spotAt(DATA, layout, layout.right + 20, y)).toBeNull();
  });
});

describe("overlay", () => {
  it("stands on one line of counts", () => {
    const layout = layOut(DATA, "overlay", "step", SIZE);
    expect(new Set(layout.ridges.map((ridge) => ridge.baseline))).toEqual(new Set([layout.bottom]));
    expect(layout.highest * layout.countScale).toBe(layout.bottom - layout.top);
  });
});

it("a single step with a single value is drawn", () => {
  const one = {
    ...DATA,
    edges: Float64Array.of(2, 2),
    counts: [Float64Array.of(5)],
    steps: [3],
    wallTimes: Float64Array.of(1),
  };
  const layout = layOut(one, "offset", "relative", SIZE);
  expect(layout.ridges).toHaveLength(1);
  expect(outline(one, layout, layout.ridges[0] as never).every(Number.isFinite)).toBe(true);
});

describe("logarithmic counts", () => {
  it("stand at their logarithm, and none at all on the line", () => {
    const layout = layOut(DATA, "overlay", "step", SIZE, true);
    const ridge = layout.ridges[0] as never;
    expect(yOf(layout, ridge, 0)).toBe(layout.bottom);
    expect(yOf(layout, ridge, 4)).toBeCloseTo(layout.top);
    const height = layout.bottom - yOf(layout, ridge, 1);
    expect(height / (layout.bottom - layout.top)).toBeCloseTo(Math.log10(2) / Math.log10(5));
  });
});

describe("the heat map", () => {
  const colors = { text: "#000", grid: "#eee", strong: "#000", background: "#fff" };
  const heat = (axis: "step" | "relative", log = false) => new HeatDrawing(DATA, axis, SIZE, colors, "light", log);

  it("gives each step the room to the middle of its neighbours", () => {
    const rows = heat("step").rows;
    const height = (at: number): number => (rows[at]?.bottom ?? 0) - (rows[at]?.top ?? 0);
    expect(rows.map((row) => row.index)).toEqual([0, 1, 2]);
    expect([height(1) / height(0), height(2) / height(0)]).toEqual([expect.closeTo(2), expect.closeTo(3)]);
  });

  it("finds what is pointed at", () => {
    const drawing = heat("relative");
    const row = drawing.rows[2];
    const spot = drawing.spotAt(SIZE.width / 2 - 2, ((row?.top ?? 0) + (row?.bottom ?? 0)) / 2);
    expect(spot?.bin).toMatchObject({ step: 40, from: 1, to: 2, count: 2, total: 4, since: 4 });
    expect(drawing.spotAt(2, 100)).toBeNull();
  });

  it("colours by the share of a step's values, evenly or by powers of ten", () => {
    expect(heat("step").most).toBe(1);
    expect([0, 0.5, 1].map((share) => heat("step").amount(share))).toEqual([0, 0.5, 1]);
    expect([1e-9, 1e-4, 0.01, 1].map((share) => heat("step", true).amount(share))).toEqual([0, 0, 0.5, 1]);
  });

  it("has a row for a single step, and for steps at one place", () => {
    const one = { ...DATA, steps: [3, 3, 3] };
    for (const row of new HeatDrawing(one, "step", SIZE, colors, "dark", false).rows) {
      expect(row.bottom - row.top).toBeCloseTo((SIZE.height - 36) / 3);
    }
  });
});

describe("bins of one width", () => {
  it("share out what lies across their edges and lose nothing", () => {
    const { counts } = rebinned(Float64Array.of(0, 4, 4, 10), Float64Array.of(8, 3, 6), [0, 10], 5);
    expect([...counts]).toEqual([4, 4, 5, 2, 2]);
  });

  it("keep single values and those beyond the range", () => {
    const { counts } = rebinned(Float64Array.of(-5, -5, 20, 20), Float64Array.of(2, 0, 3), [0, 10], 4);
    expect([...counts]).toEqual([2, 0, 0, 3]);
  });
});
