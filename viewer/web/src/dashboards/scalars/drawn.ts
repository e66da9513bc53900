/** What the charts on the screen have drawn, as plain numbers: for tests, and for a look from the browser's console. */

import type { Range } from "./chart/extent";
import type { ScalarPlot, Scene } from "./chart/plot";
import type { ScaleKind } from "./chart/scale";
import type { ChartView } from "./chart_view";

export interface Drawn {
  title: string;
  scene: Scene;
  plot: ScalarPlot;
  view: ChartView;
}

/** By the id of the chart. */
export const drawnCharts = new Map<string, Drawn>();

export interface DrawnLine {
  run: string;
  tag: string;
  label: string;
  color: string;
  x: number[];
  y: number[];
  raw: number[] | null;
  band: { low: number[]; high: number[]; count: number[] } | null;
  isMember: boolean;
  restarts: { x: number; step: number; last: number; count: number }[];
  /** Points drawn that a restart made void. */
  old: { x: number[]; y: number[] } | null;
  total: number;
  last: { step: number; wallTime: number; value: number } | null;
  points: number;
  marks: number;
  masked: number;
}

export interface DrawnChart {
  tag: string;
  axis: string;
  /** Whether the y axis is logarithmic. */
  log: boolean;
  xScale: ScaleKind;
  yScale: ScaleKind;
  /** Of symlog: what counts as almost zero. */
  yThreshold: number;
  /** Drawn values outside the y axis because outliers are ignored. */
  outside: number;
  x: Range;
  y: Range;
  lines: DrawnLine[];
}

/** The chart of a tag as it is drawn now; null if it is not on the screen. */
export function describeChart(tag: string): DrawnChart | null {
  const drawn = drawnCharts.get(tag);
  if (!drawn) return null;
  const { scene, plot } = drawn;
  const { painted } = plot;
  const nothing = { points: 0, marks: 0, masked: 0 };
  return {
    tag,
    axis: scene.axis,
    log: scene.yKind === "log",
    xScale: plot.scales.x.kind,
    yScale: plot.scales.y.kind,
    yThreshold: plot.scales.y.threshold,
    outside: plot.outside,
    ...plot.ranges,
    lines: scene.lines.map(({ key, run, tag, label, color, x, y, raw, band, isMember, restarts, old, curve }) => ({
      run,
      tag,
      label,
      color,
      x: [...x],
      y: [...y],
      raw: raw && [...raw],
      band: band && { low: [...band.low], high: [...band.high], count: [...band.count] },
      isMember: isMember ?? false,
      restarts: restarts.map(({ x: at, restart: { step, last, count } }) => ({ x: at, step, last, count })),
      old: old && { x: [...old.x], y: [...old.y] },
      total: curve.total,
      last: curve.last,
      ...(painted.get(key) ?? nothing),
    })),
  };
}
