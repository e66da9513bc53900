/** Putting runs into groups, and giving each group a colour. */

import { dashOf } from "../../draw/colors";
import { NO_GROUP_COLOR } from "../../runs/groups";
import type { ShownRun } from "../../state/runs";

export interface KeyedRun {
  run: ShownRun;
  /** Null: in no group. */
  key: string | null;
}

export interface RunGroup {
  key: string;
  runs: readonly ShownRun[];
  /** `#rrggbb`. */
  color: string;
  dash: readonly number[];
}

export interface RunGroups {
  groups: readonly RunGroup[];
  /** Runs of no group, which stand for themselves. */
  rest: readonly ShownRun[];
}

const numberIn = (key: string): number => Number(key.slice(key.lastIndexOf("=") + 1) || Number.NaN);

/**
 * The groups in order of appearance, or of the numbers in their keys.
 *
 * A group has the colour of its first run; if another one has that already, the first colour of any run that is free.
 */
export function coloredGroups(keyed: readonly KeyedRun[], byNumber = false): RunGroups {
  const members = new Map<string, ShownRun[]>();
  const rest: ShownRun[] = [];
  for (const { run, key } of keyed) {
    const group = key === null ? rest : members.get(key);
    if (group) group.push(run);
    else if (key !== null) members.set(key, [run]);
  }
  const palette = [...new Set(keyed.map(({ run }) => run.color))];
  const taken = new Set<string>();
  let lap = 0;
  const groups = [...members].map(([key, runs]): RunGroup => {
    if (taken.size === palette.length) {
      taken.clear();
      lap += 1;
    }
    const own = runs[0]?.color ?? NO_GROUP_COLOR;
    const color = taken.has(own) ? (palette.find((other) => !taken.has(other)) ?? own) : own;
    taken.add(color);
    return { key, runs, color, dash: dashOf(lap) };
  });
  if (byNumber && groups.every(({ key }) => !Number.isNaN(numberIn(key)))) {
    groups.sort((a, b) => numberIn(a.key) - numberIn(b.key));
  }
  return { groups, rest };
}
