/** Runs by what they share, with a colour for each group. */

import type { HParamValue } from "../api/hparams";
import { readNumber } from "../query/query";
import type { Values } from "../query/run_values";
import { compareNatural } from "./natural";
import { GROUP_COLORS, rampColor } from "./palette";

export type ColorBy = { by: "run" } | { by: "folder" } | { by: "regex" | "hparam"; of: string };

export interface RunGroup {
  key: string;
  color: string;
  /** Groups beyond the palette repeat its colours, with other dashes. */
  lap: number;
  count: number;
}

export interface Grouping {
  /** In the order of appearance, or of their values. */
  groups: readonly RunGroup[];
  /** Of each run; runs of no group have a grey of their own. */
  groupOf: readonly RunGroup[];
  /** How many runs are in no group. */
  rest: number;
}

export const NO_GROUP_COLOR = "#8a8f98";
/** Of more numbers than these, colours show which are greater rather than which is which. */
const MOST_APART = 8;

export const isColor = (color: string): boolean => /^#[0-9a-f]{6}$/i.test(color);

/** The directory that a run's own is in; empty at the top. */
export const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf("/")));

const wordOf = (value: HParamValue): string => String(value);

/** What stands for the values of a run; null if it has none. */
export const valueKey = (values: Values): string | null =>
  values.length ? [...new Set(values.map(wordOf))].join(", ") : null;

/**
 * Groups of runs by their keys; null is no group.
 *
 * A group has the colour of its place in order of appearance, so that it keeps it when others come. Ordered groups stand
 * in the order of their values, and many numbers are a ramp from the least to the greatest.
 */
export function groupRuns(keys: readonly (string | null)[], { isOrdered = false } = {}): Grouping {
  const none: RunGroup = { key: "", color: NO_GROUP_COLOR, lap: 0, count: 0 };
  const byKey = new Map<string, RunGroup>();
  const groupOf = keys.map((key) => {
    let group = key === null ? none : byKey.get(key);
    if (!group) {
      const place = byKey.size;
      const color = GROUP_COLORS[place % GROUP_COLORS.length] ?? NO_GROUP_COLOR;
      group = { key: key ?? "", color, lap: Math.floor(place / GROUP_COLORS.length), count: 0 };
      byKey.set(group.key, group);
    }
    group.count++;
    return group;
  });
  const groups = [...byKey.values()];
  if (isOrdered) putInOrder(groups);
  return { groups, groupOf, rest: none.count };
}

function putInOrder(groups: RunGroup[]): void {
  const numbers = new Map(groups.map((group) => [group, readNumber(group.key) ?? Number.NaN]));
  const isNumeric = [...numbers.values()].every((number) => !Number.isNaN(number));
  groups.sort((a, b) => (isNumeric ? (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0) : compareNatural(a.key, b.key)));
  if (!isNumeric || groups.length <= MOST_APART) return;
  groups.forEach((group, index) => {
    group.color = rampColor(index / (groups.length - 1));
    group.lap = 0;
  });
}
