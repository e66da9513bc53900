/** Histograms one by one, distributions and PR curves: the messages of docs/http-api.md, and asking for them. */

import { address, json } from "./client";
import type { JsonNumber } from "./types";

export interface Histogram {
  index: number;
  /** How many steps were logged. */
  of: number;
  step: number;
  wall_time: JsonNumber;
  edges: JsonNumber[];
  counts: JsonNumber[];
  /** How many buckets were logged. */
  buckets: number;
  total: JsonNumber;
  min: JsonNumber;
  max: JsonNumber;
  sum: JsonNumber;
  sum_squares: JsonNumber;
}

export interface Distributions {
  run: string;
  tag: string;
  total_steps: number;
  /** Which share of the values lies below each value of a step; rising from 0 to 1. */
  shares: number[];
  steps: number[];
  wall_times: JsonNumber[];
  totals: JsonNumber[];
  /** One row a step. */
  values: JsonNumber[][];
}

/** One run's curve at one of its steps; its arrays are over rising thresholds. */
export interface PrCurve {
  run: string;
  steps: number[];
  wall_times: JsonNumber[];
  /** Which of the steps. */
  index: number;
  thresholds: JsonNumber[];
  precision: JsonNumber[];
  recall: JsonNumber[];
  true_positives: JsonNumber[];
  false_positives: JsonNumber[];
  true_negatives: JsonNumber[];
  false_negatives: JsonNumber[];
  thresholds_logged: number;
  /** Null if the numbers are no curve. */
  average_precision: JsonNumber | null;
  /** Why there are no numbers. */
  error: string | null;
}

export interface PrCurves {
  tag: string;
  curves: PrCurve[];
}

export const getHistogram = (run: string, tag: string, index: number, signal?: AbortSignal): Promise<Histogram> =>
  json(address("histogram", { run, tag, index }), signal);

export const getDistributions = (
  run: string,
  tag: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Distributions> => json(address("distributions", { run, tag, limit }), signal);

export interface PrCurvesQuery {
  tag: string;
  /** Undefined: every run that has the tag. */
  run?: readonly string[] | undefined;
  /** The nearest step of each run, or the index of one; the last if neither is given. */
  step?: number | undefined;
  index?: number | undefined;
}

export const getPrCurves = (query: PrCurvesQuery, signal?: AbortSignal): Promise<PrCurves> =>
  json(address("pr_curves", { ...query }), signal);
