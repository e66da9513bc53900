/** Values at a place or over a range: `ScalarStats` of docs/http-api.md. */

import { address, json, type ScalarsQuery } from "./client";
import type { JsonNumber } from "./types";

export interface StatsPoint {
  x: JsonNumber;
  step: number;
  wall_time: JsonNumber;
  relative: JsonNumber;
  value: JsonNumber;
  smoothed: JsonNumber | null;
}

export interface StatsRow {
  run: string;
  total: number;
  /** At a place. */
  at?: StatsPoint | null;
  /** Over a range. */
  count?: number;
  not_finite?: number;
  first?: StatsPoint | null;
  last?: StatsPoint | null;
  min?: StatsPoint | null;
  max?: StatsPoint | null;
  mean?: JsonNumber | null;
  change?: JsonNumber | null;
  change_percent?: JsonNumber | null;
}

export interface StatsQuery extends Omit<ScalarsQuery, "width"> {
  at?: number | undefined;
}

export const getScalarStats = (query: StatsQuery, signal?: AbortSignal): Promise<{ rows: StatsRow[] }> =>
  json(address("scalar_stats", { ...query }), signal);
