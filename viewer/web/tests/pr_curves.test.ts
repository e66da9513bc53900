import { describe, expect, it } from "vitest";
import { f1, readCurve } from "../src/dashboards/pr_curves/curves";
import { PrDrawing } from "../src/dashboards/pr_curves/pr_drawing";

const CURVE = readCurve({
  run: "r",
  steps: [0, 5],
  wall_times: [10, 20],
  index: 1,
  thresholds: [0, 0.25, 0.5, 1],
  precision: [0.5, 0.75, "NaN", 0],
  recall: [1, 0.6, 0.5, 0],
  true_positives: [10, 6, 5, 0],
  false_positives: [10, 2, 1, 0],
  true_negatives: [0, 8, 9, 10],
  false_negatives: [0, 4, 5, 10],
  thresholds_logged: 4,
  average_precision: null,
  error: null,
});
const SIZE = { width: 368, height: 340 };
const COLORS = { text: "#000", grid: "#eee", strong: "#000", background: "#fff" };
const draw = (part = null as never) =>
  new PrDrawing([{ curve: CURVE, color: "#123456", dash: [] }], part, false, SIZE, COLORS);

describe("a precision-recall curve", () => {
  it("is drawn where something is taken for positive and the numbers are numbers", () => {
    expect(CURVE.drawn).toEqual([0, 1]);
    expect(CURVE.averagePrecision).toBeNaN();
  });

  it("is pointed at by its nearest threshold", () => {
    const { left, right, top, bottom } = draw().frame;
    const spot = draw().spotAt(left + 0.61 * (right - left), bottom - 0.74 * (bottom - top));
    expect(spot?.at).toBe(1);
    expect(draw().spotAt(left + 0.1 * (right - left), top + 200)).toBeNull();
  });

  it("gives the part between two places, never beyond 0 and 1", () => {
    const { left, right, top, bottom } = draw().frame;
    const part = draw().partBetween({ x: right + 50, y: top - 9 }, { x: (left + right) / 2, y: (top + bottom) / 2 });
    expect(part).toEqual({ x: [0.5, 1], y: [0.5, 1] });
  });
});

it("F1 is the harmonic mean", () => {
  expect(f1(0.5, 1)).toBeCloseTo(2 / 3);
  expect(f1(0, 0)).toBe(0);
});
