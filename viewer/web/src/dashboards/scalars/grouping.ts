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

/** Colours nearer to each other than this, of 255 each of red, green and blue, are taken for one another on thin lines. */
const ALIKE = 64;
/** No more groups than these can be told apart by colour. */
const MOST_APART = 24;

const partsOf = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function isLike(color: string, taken: ReadonlySet<string>): boolean {
  const parts = partsOf(color);
  return [...taken].some(
    (other) => other === color || Math.hypot(...partsOf(other).map((part, at) => part - (parts[at] ?? 0))) < ALIKE,
  );
}

const numberIn = (key: string): number => Number(key.slice(key.lastIndexOf("=") + 1) || Number.NaN);

/**
 * The groups in order of appearance, or of the numbers in their keys.
 *
 * A group has the colour of its first run; if another one has that already, or one like it (colours of very many runs
 * repeat themselves, a little turned), the first colour of any run that is free.
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
    const isFree = (other: string): boolean => !(taken.size < MOST_APART ? isLike(other, taken) : taken.has(other));
    const other = isFree(own) ? own : palette.slice(0, MOST_APART).find(isFree);
    const color = other ?? (taken.has(own) ? palette.find((free) => !taken.has(free)) : own) ?? own;
    taken.add(color);
    return { key, runs, color, dash: dashOf(lap) };
  });
  if (byNumber && groups.every(({ key }) => !Number.isNaN(numberIn(key)))) {
    groups.sort((a, b) => numberIn(a.key) - numberIn(b.key));
  }
  return { groups, rest };
}
