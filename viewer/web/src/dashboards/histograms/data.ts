/** Histograms as numbers, and what is asked of them whatever they are drawn as. */

import type { Histogram } from "../../api/curves";
import { type Histograms, type JsonNumber, toNumber } from "../../api/types";

/** Many steps on common bins. */
export interface HistogramData {
  edges: Float64Array;
  steps: readonly number[];
  wallTimes: Float64Array;
  /** One row a step. */
  counts: readonly Float64Array[];
  totals: Float64Array;
  totalSteps: number;
}

/** One step, with the buckets that were logged. */
export interface SingleData {
  step: number;
  wallTime: number;
  edges: Float64Array;
  counts: Float64Array;
  total: number;
  min: number;
  max: number;
}

/** What a bin is, for the tooltip. */
export interface Bin {
  step: number;
  wallTime: number;
  /** Seconds since the run's first histogram. */
  since: number;
  from: number;
  to: number;
  count: number;
  total: number;
}

export const floats = (values: readonly (JsonNumber | null)[]): Float64Array =>
  Float64Array.from(values, (value) => toNumber(value));

export const readHistograms = (answer: Histograms): HistogramData => ({
  edges: floats(answer.edges),
  steps: answer.steps,
  wallTimes: floats(answer.wall_times),
  counts: answer.counts.map(floats),
  totals: floats(answer.totals),
  totalSteps: answer.total_steps,
});

export const readSingle = (answer: Histogram): SingleData => ({
  step: answer.step,
  wallTime: toNumber(answer.wall_time),
  edges: floats(answer.edges),
  counts: floats(answer.counts),
  total: toNumber(answer.total),
  min: toNumber(answer.min),
  max: toNumber(answer.max),
});

export function binOf(data: HistogramData, index: number, bin: number): Bin {
  const wallTime = data.wallTimes[index] ?? Number.NaN;
  return {
    step: data.steps[index] ?? 0,
    wallTime,
    since: wallTime - (data.wallTimes[0] ?? Number.NaN),
    from: data.edges[bin] ?? 0,
    to: data.edges[bin + 1] ?? 0,
    count: data.counts[index]?.[bin] ?? 0,
    total: data.totals[index] ?? 0,
  };
}

/** From the lowest to the highest edge; a single value gets a breadth. */
export function spread(edges: Float64Array): [number, number] {
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

/** Index of the bin that holds a value; those outside belong to the first or the last. */
export function binAt(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= (edges[bin + 1] ?? Number.POSITIVE_INFINITY)) bin += 1;
  return bin;
}

/** How high a count stands: itself, or its logarithm, in which none at all has a place too. */
export const heightOf = (count: number, log: boolean): number => {
  if (!Number.isFinite(count)) return 0;
  return log ? Math.log10(1 + Math.max(0, count)) : count;
};

/**
 * What of a histogram falls into bins of one width. A bucket's count is split in proportion to how much of it lies in each
 * bin; one without width goes into one bin whole.
 */
export function rebinned(
  edges: Float64Array,
  counts: Float64Array,
  [low, high]: readonly [number, number],
  bins: number,
): { edges: Float64Array; counts: Float64Array } {
  const made = Float64Array.from({ length: bins + 1 }, (_, i) => low * (1 - i / bins) + high * (i / bins));
  const shares = new Float64Array(bins);
  const width = (high - low) / bins;
  const binOfValue = (value: number): number => Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)));
  counts.forEach((count, bucket) => {
    const [left, right] = [edges[bucket] as number, edges[bucket + 1] as number];
    const [first, last] = [binOfValue(left), binOfValue(right)];
    if (!(right > left) || first === last) {
      shares[first] = (shares[first] as number) + count;
      return;
    }
    for (let bin = first; bin <= last; bin++) {
      const inside = Math.min(right, made[bin + 1] as number) - Math.max(left, made[bin] as number);
      shares[bin] = (shares[bin] as number) + (count * Math.max(0, inside)) / (right - left);
    }
  });
  return { edges: made, counts: shares };
}
