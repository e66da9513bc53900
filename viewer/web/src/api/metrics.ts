/** Scalars of all runs in a few numbers each: `Metrics` of docs/http-api.md. */

import { address, json } from "./client";
import type { JsonNumber } from "./types";

/** What there is of a series; `at` is the value at a step. */
export type MetricKind = "first" | "last" | "min" | "max" | "mean" | "at";

type Column<T> = (T | null)[];

export interface Metrics {
  revision: number;
  tags: string[];
  /** Every run. */
  runs: string[];
  /** Of each kind a list for each tag, with a value for each run; null where there is none. */
  values: Partial<Record<MetricKind, Column<JsonNumber>[]>>;
  /** Where the values are, for some kinds. */
  steps: Partial<Record<"last" | "min" | "max", Column<number>[]>>;
}

/** The viewer answers for this many tags at once. */
export const MOST_TAGS = 256;

export interface MetricsQuery {
  tag: readonly string[];
  /** Undefined: all but `at`, which is given with a step. */
  of?: readonly Exclude<MetricKind, "at">[] | undefined;
  step?: number | undefined;
}

export const getMetrics = (query: MetricsQuery, signal?: AbortSignal): Promise<Metrics> =>
  json(address("metrics", { ...query }), signal);
