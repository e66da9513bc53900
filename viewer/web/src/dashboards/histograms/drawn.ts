/** What the histogram cards on the screen have drawn, as plain numbers. */

import type { HistogramView } from "./histogram_view";
import type { HistogramData } from "./layout";

export const drawnHistograms = new Map<string, { data: HistogramData; view: HistogramView }>();

export interface DrawnHistogram {
  mode: string | undefined;
  edges: number[];
  steps: number[];
  counts: number[][];
  totals: number[];
}

/** The histograms of a run and tag as they are drawn now; null if they are not on the screen. */
export function describeHistogram(run: string, tag: string): DrawnHistogram | null {
  const drawn = drawnHistograms.get(`${tag}\n${run}`);
  if (!drawn) return null;
  const { data, view } = drawn;
  return {
    mode: view.mode,
    edges: [...data.edges],
    steps: [...data.steps],
    counts: data.counts.map((row) => [...row]),
    totals: [...data.totals],
  };
}
