/** Runs and their tags as they come: `CompactRuns` of docs/http-api.md. */

import type { JsonNumber, Kind, Runs } from "./types";

export interface CompactRuns extends Omit<Runs, "runs"> {
  catalog: number;
  sets: Record<Kind, number[]>[];
  /** Name, colour, start, index into `sets`. */
  runs: [string, string, JsonNumber | null, number][];
}

const NO_TAGS: Record<Kind, number[]> = {
  scalars: [],
  images: [],
  histograms: [],
  texts: [],
  audio: [],
  pr_curves: [],
  graphs: [],
  meshes: [],
};

/** Runs with the same tags share their lists: what is done for one of them need not be done for the next. */
export function expandRuns({ sets, runs, ...rest }: CompactRuns): Runs & { catalog: number } {
  return {
    ...rest,
    runs: runs.map(([name, color, started, set]) => ({ name, color, started, ...(sets[set] ?? NO_TAGS) })),
  };
}
