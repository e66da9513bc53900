import { describe, expect, it } from "vitest";
import type { Curve } from "../src/api/scalars";
import { padRange, widenX, xExtent, yExtent } from "../src/dashboards/scalars/chart/extent";
import { type Line, makeLine } from "../src/dashboards/scalars/chart/line";
import { hitsAt, nearestIndex } from "../src/dashboards/scalars/chart/nearest";
import { paintLine } from "../src/dashboards/scalars/chart/paint";
import { makeScale } from "../src/dashboards/scalars/chart/scale";
import { makeTransform } from "../src/dashboards/scalars/chart/transform";
import { orderHits } from "../src/dashboards/scalars/pointed";
import type { TooltipOrder } from "../src/dashboards/scalars/settings";

const { NaN: NAN, POSITIVE_INFINITY: INF } = Number;

function curve(run: string, step: number[], value: number[], smoothed: number[] | null = null): Curve {
  return {
    run,
    total: step.length,
    start: 100,
    step: Float64Array.from(step),
    wallTime: Float64Array.from(step, (s) => 100 + s / 2),
    value: Float64Array.from(value),
    smoothed: smoothed && Float64Array.from(smoothed),
    x: null,
    unplaced: 0,
    restarts: [],
    superseded: null,
    last: null,
  };
}

const line = (...args: Parameters<typeof curve>): Line =>
  makeLine(curve(...args), "step", { color: "#112233", dash: [] });

/** A context that remembers what was drawn. */
function recorder() {
  const calls: [string, ...number[]][] = [];
  const note =
    (name: string) =>
    (...args: number[]) =>
      calls.push([name, ...args]);
  const context = {
    beginPath: note("beginPath"),
    moveTo: note("moveTo"),
    lineTo: note("lineTo"),
    arc: note("arc"),
    stroke: note("stroke"),
    fill: note("fill"),
    closePath: note("closePath"),
    setLineDash: () => undefined,
  };
  return { calls, context: context as unknown as CanvasRenderingContext2D };
}

const BOX = { left: 0, top: 0, width: 100, height: 100 };

describe("lines", () => {
  it("stand on steps, the clock, or the time since their start", () => {
    const one = curve("a", [0, 10], [1, 2]);
    expect([...makeLine(one, "step", { color: "", dash: [] }).x]).toEqual([0, 10]);
    expect([...makeLine(one, "wall", { color: "", dash: [] }).x]).toEqual([100, 105]);
    expect([...makeLine(one, "relative", { color: "", dash: [] }).x]).toEqual([0, 5]);
  });

  it("draw the smoothed values over the logged ones", () => {
    const smooth = line("a", [0, 1], [1, 3], [1, 2]);
    expect([...smooth.y]).toEqual([1, 2]);
    expect([...(smooth.raw ?? [])]).toEqual([1, 3]);
  });
});

describe("extents", () => {
  it("leave out NaN and infinities, and zero on a logarithmic axis", () => {
    const lines = [line("a", [0, 1, 2, 3], [NAN, -2, INF, 5]), line("b", [9], [0])];
    expect(xExtent(lines)).toEqual([0, 9]);
    expect(yExtent(lines, [0, 9], "linear")).toEqual([-2, 5]);
    expect(yExtent(lines, [0, 9], "log")).toEqual([5, 5]);
    expect(yExtent(lines, [1.5, 2.5], "linear")).toBeNull();
  });

  it("hold the faint logged values as well", () => {
    expect(yExtent([line("a", [0, 1], [0, 10], [0, 1])], [0, 1])).toEqual([0, 10]);
  });

  it("give a single value and a single step some room", () => {
    expect(padRange([5, 5], makeScale("linear"))).toEqual([4.5, 5.5]);
    expect(padRange([0, 0], makeScale("linear"))).toEqual([-1, 1]);
    expect(padRange([8, 8], makeScale("log"))).toEqual([4, 16]);
    expect(widenX([7, 7], true)).toEqual([6, 8]);
    expect(widenX([1, 2], true)).toEqual([1, 2]);
  });
});

describe("the pointer", () => {
  it("means the nearest point, of equal steps the later one", () => {
    expect(nearestIndex(Float64Array.of(0, 10, 20), 14)).toBe(1);
    expect(nearestIndex(Float64Array.of(0, 10, 10, 5), 10)).toBe(2);
    expect(nearestIndex(new Float64Array(), 1)).toBe(-1);
  });

  it("lists every run, in the order that was asked for, NaN last", () => {
    const lines = [line("low", [0, 1], [0, 1]), line("nan", [1], [NAN]), line("high", [1], [4]), line("none", [], [])];
    const hits = hitsAt(lines, 1);
    const distances = new Map(hits.map((hit, index) => [hit, [3, 1, 2][index] ?? 0]));
    const now = {
      tag: "",
      clientX: 0,
      clientY: 0,
      plot: { top: 0, bottom: 0 },
      hits,
      closest: null,
      distances,
      notes: [],
    };
    const order = (by: TooltipOrder) => orderHits(now, by).map((hit) => hit.line.run);
    expect(order("high")).toEqual(["high", "low", "nan"]);
    expect(order("low")).toEqual(["low", "high", "nan"]);
    expect(order("name")).toEqual(["high", "low", "nan"]);
    expect(order("near")).toEqual(["nan", "high", "low"]);
  });
});

describe("paintLine", () => {
  const transform = makeTransform(BOX, [0, 10], [0, 10]);

  it("breaks at NaN, dots what stands alone, and marks what has no place", () => {
    const { calls, context } = recorder();
    const painted = paintLine({ context, transform, ratio: 1 }, line("a", [0, 1, 2, 3, 4, 5], [1, 2, NAN, 3, INF, 4]));
    expect(painted).toEqual({ points: 4, marks: 2, masked: 0 });
    expect(calls.filter(([name]) => name === "arc").map(([, x, y]) => [x, y])).toEqual([
      [30, 70],
      [50, 60],
    ]);
  });

  it("marks a long stretch of NaN here and there, not as a bar over the other lines", () => {
    const { calls, context } = recorder();
    const x = Array.from({ length: 1001 }, (_, i) => i / 100);
    const painted = paintLine(
      { context, transform, ratio: 1 },
      line(
        "a",
        x,
        x.map(() => NAN),
      ),
    );
    expect(painted.marks).toBe(1001);
    const crosses = calls.filter(([name]) => name === "moveTo").length / 2;
    expect(crosses).toBeGreaterThan(3);
    expect(crosses).toBeLessThanOrEqual(6);
  });

  it("draws one point as a dot", () => {
    const { calls, context } = recorder();
    expect(paintLine({ context, transform, ratio: 1 }, line("a", [5], [5])).points).toBe(1);
    expect(calls.filter(([name]) => name === "arc")).toHaveLength(1);
  });

  it("masks what a logarithmic axis has no place for", () => {
    const { context } = recorder();
    const log = makeTransform(BOX, [0, 10], [1, 100], makeScale("linear"), makeScale("log"));
    const painted = paintLine({ context, transform: log, ratio: 1 }, line("a", [0, 1, 2, 3], [10, 0, -5, 100]));
    expect(painted).toEqual({ points: 2, marks: 0, masked: 2 });
    expect([log.y(10), log.y(100), log.y(0)]).toEqual([50, 0, NAN]);
  });
});
