/** The messages of docs/http-api.md, version 1. Names are those on the wire. */

/** A float as JSON can hold it. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** What is logged again and again under a tag. */
export type Kind = "scalars" | "images" | "histograms" | "texts" | "audio" | "pr_curves" | "graphs" | "meshes";

export const KINDS: readonly Kind[] = [
  "scalars",
  "images",
  "histograms",
  "texts",
  "audio",
  "pr_curves",
  "graphs",
  "meshes",
];

/** What is said once about a run, or about all. */
export type Once = "hparams" | "custom_scalars" | "embeddings";

export interface Problem {
  run: string;
  file: string;
  offset: number;
  size: number;
  reason: string;
}

export type LogState = "loading" | "ready" | "empty" | "missing";

export interface Status {
  revision: number;
  /** Another one whenever a run, a colour or a tag is new. */
  catalog: number;
  state: LogState;
  logdir: string;
  /** Several directories by name that are shown as one; `logdir` has them in one text then. */
  logdirs?: Record<string, string> | null;
  version: string;
  window_title: string;
  runs: number;
  problems: Problem[];
  problem_count: number;
  /** Seconds since the epoch. */
  loaded_at: number;
  /** How far a load or a refresh is that takes long. */
  progress?: Progress | null;
}

export interface Progress {
  bytes_read: number;
  bytes_found: number;
  files_read: number;
  files_found: number;
}

/** One run; for each kind the indices of its tags in `Runs.tags`. */
export interface RunEntry extends Record<Kind, readonly number[]> {
  name: string;
  color: string;
  started: JsonNumber | null;
}

export interface Runs {
  revision: number;
  /** Tells these names of runs and scalars, in this order, from others. */
  names?: string;
  tags: Record<Kind, string[]>;
  has: Record<Once, boolean>;
  runs: RunEntry[];
}

export interface ScalarHead {
  run: string;
  /** Points sent. */
  n: number;
  /** Points logged. */
  total: number;
  /** First wall time; null of an empty series. */
  start: JsonNumber | null;
  smoothed: boolean;
  /** Where the run went on from an earlier step, and what that made void. */
  restarts?: { step: number; last: number; count: number; wall_time: JsonNumber }[];
  /** Points without a place on a logarithmic x axis. */
  unplaced?: number;
  /** Void points sent. */
  superseded?: number;
  /** Whether values of another scalar are sent as axis. */
  x?: boolean;
  last: { step: number; wall_time: JsonNumber; value: JsonNumber } | null;
}

export interface ScalarsHeader {
  tag: string;
  revision: number;
  series: ScalarHead[];
}

export interface Images {
  run: string;
  tag: string;
  step: number[];
  wall_time: JsonNumber[];
  description: string;
  /** How many images the last step holds; null if that is not known. */
  count: number | null;
}

export interface Histograms {
  run: string;
  tag: string;
  total_steps: number;
  edges: JsonNumber[];
  steps: number[];
  wall_times: JsonNumber[];
  counts: JsonNumber[][];
  totals: JsonNumber[];
  min: JsonNumber[];
  max: JsonNumber[];
}

export interface TextEntry {
  step: number;
  wall_time: JsonNumber;
  shape: number[];
  /** Row-major. */
  cells: string[];
}

export interface Texts {
  run: string;
  tag: string;
  total: number;
  start: number;
  samples: TextEntry[];
}

export function toNumber(value: JsonNumber | null | undefined): number {
  return value === null || value === undefined ? Number.NaN : Number(value);
}
