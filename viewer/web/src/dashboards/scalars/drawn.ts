/** What the charts on the screen have drawn, as plain numbers: for tests, and for a look from the browser's console. */

import type { Range } from "./chart/extent";
import type { ScalarPlot, Scene } from "./chart/plot";

export const drawnCharts = new Map<string, { scene: Scene; plot: ScalarPlot }>();

export interface DrawnLine {
  run: string;
  color: string;
  x: number[];
  y: number[];
  raw: number[] | null;
  total: number;
  last: { step: number; wallTime: number; value: number } | null;
  points: number;
  marks: number;
  masked: number;
}

export interface DrawnChart {
  tag: string;
  axis: string;
  log: boolean;
  x: Range;
  y: Range;
  lines: DrawnLine[];
}

/** The chart of a tag as it is drawn now; null if it is not on the screen. */
export function describeChart(tag: string): DrawnChart | null {
  const drawn = drawnCharts.get(tag);
  if (!drawn) return null;
  const { scene, plot } = drawn;
  const nothing = { points: 0, marks: 0, masked: 0 };
  return {
    tag,
    axis: scene.axis,
    log: scene.log,
    ...plot.ranges,
    lines: scene.lines.map(({ run, color, x, y, raw, curve }) => ({
      run,
      color,
      x: [...x],
      y: [...y],
      raw: raw && [...raw],
      total: curve.total,
      last: curve.last,
      ...(plot.painted.get(run) ?? nothing),
    })),
  };
}
