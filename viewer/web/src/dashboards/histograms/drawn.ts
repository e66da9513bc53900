/** What the histogram cards on the screen have drawn, as plain numbers. */

import type { BarsDrawing } from "./bars";
import type { HistogramData } from "./data";
import type { HeatDrawing } from "./heat";
import type { RidgesDrawing } from "./paint";
import type { Mode } from "./settings";

export type AnyDrawing = RidgesDrawing | HeatDrawing | BarsDrawing;

export interface Drawn {
  data: HistogramData;
  mode: Mode;
  axis: string;
  log: boolean;
  drawing: AnyDrawing;
  /** The step that is shown alone. */
  single: { step: number; wallTime: number } | null;
}

export const drawnHistograms = new Map<string, Drawn>();

export interface DrawnHistogram {
  mode: Mode;
  axis: string;
  log: boolean;
  edges: number[];
  steps: number[];
  counts: number[][];
  totals: number[];
  /** Pixel of each step on the axis of progress, where there is one. */
  places: number[];
  /** Of a heat map: the share of a step's values that has the last colour. */
  most: number | null;
  single: { step: number; wallTime: number; edges: number[]; counts: number[] } | null;
}

/** The histograms of a run and tag as they are drawn now; null if they are not on the screen. */
export function describeHistogram(run: string, tag: string): DrawnHistogram | null {
  const drawn = drawnHistograms.get(`${tag}\n${run}`);
  if (!drawn) return null;
  const { data, mode, axis, log, drawing, single } = drawn;
  const bars = "bars" in drawing ? drawing.bars : null;
  return {
    mode,
    axis,
    log,
    edges: [...data.edges],
    steps: [...data.steps],
    counts: data.counts.map((row) => [...row]),
    totals: [...data.totals],
    places: placesOf(drawing),
    most: "most" in drawing ? drawing.most : null,
    single: bars && single ? { ...single, edges: [...bars.edges], counts: [...bars.counts] } : null,
  };
}

function placesOf(drawing: AnyDrawing): number[] {
  const places: number[] = [];
  if ("layout" in drawing) for (const row of drawing.layout.ridges) places[row.index] = row.baseline;
  if ("rows" in drawing) for (const row of drawing.rows) places[row.index] = (row.top + row.bottom) / 2;
  return places;
}
