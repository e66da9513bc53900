import { describe, expect, it } from "vitest";
import { layOut, outline, readHistograms, spotAt, yOf } from "../src/dashboards/histograms/layout";

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
