/** What the charts on the screen have drawn, as plain numbers: for tests, and for a look from the browser's console. */

import type { Range } from "./chart/extent";
import type { ScalarPlot, Scene } from "./chart/plot";

export const drawnCharts = new Map<string, { scene: Scene; plot: ScalarPlot }>();

export interface DrawnLine {
  run: string;
  tag: string;
  label: string;
  color: string;
  x: number[];
  y: number[];
  raw: number[] | null;
  band: { low: number[]; high: number[] } | null;
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
    lines: scene.lines.map(({ key, run, tag, label, color, x, y, raw, band, curve }) => ({
      run,
      tag,
      label,
      color,
      x: [...x],
      y: [...y],
      raw: raw && [...raw],
      band: band && { low: [...band.low], high: [...band.high] },
      total: curve.total,
      last: curve.last,
      ...(plot.painted.get(key) ?? nothing),
    })),
  };
}
