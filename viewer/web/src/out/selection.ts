/** The address of a file with chosen runs and tags. */

import { address } from "../api/client";
import type { Runs } from "../api/types";

export const FORMATS = ["csv", "json", "parquet", "latex"] as const;
export type Format = (typeof FORMATS)[number];

export const SHOWN = ["last", "min", "max", "mean", "points"] as const;
export type Shown = (typeof SHOWN)[number];

export interface Wanted {
  runs: ReadonlySet<string>;
  tags: ReadonlySet<string>;
  format: Format;
  /** What a LaTeX table shows of a series. */
  shown: Shown;
}

/** Beyond so many names their positions are sent, so that no proxy finds the address too long. */
const MOST_NAMED = 20;

export function exportAddress(log: Runs, { runs, tags, format, shown }: Wanted): string {
  const names = log.runs.map((run) => run.name);
  const chosen = [pick("run", names, runs), pick("tag", log.tags.scalars, tags)];
  const isByIndex = chosen.some((parameters) => Object.keys(parameters).some((name) => name.endsWith("_index")));
  return address("export", {
    format,
    value: format === "latex" ? shown : undefined,
    ...Object.assign({}, ...chosen),
    names: isByIndex ? log.names : undefined,
  });
}

function pick(
  kind: "run" | "tag",
  all: readonly string[],
  chosen: ReadonlySet<string>,
): Record<string, string | string[]> {
  const indices = all.flatMap((name, index) => (chosen.has(name) ? [index] : []));
  if (indices.length === all.length) return {};
  if (indices.length && indices.length <= MOST_NAMED) return { [kind]: indices.map((index) => all[index] ?? "") };
  return { [`${kind}_index`]: formatIndices(indices) };
}

/** `0-3,7` for 0, 1, 2, 3, 7. */
export function formatIndices(indices: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else parts.push([index, index]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
