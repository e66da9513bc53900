/** Putting runs into groups, and giving each group a colour. */

import type { HParamValue, Session } from "../../api/hparams";
import { dashOf } from "../../draw/colors";
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

/** The directory that a run's own is in; empty at the top. */
export const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf("/")));

/** A hyperparameter of a run: that of its session, or of the session of a directory above it. */
export function valueOfRun(sessions: readonly Session[], name: string, hparam: string): HParamValue | undefined {
  let best: Session | undefined;
  for (const session of sessions) {
    const covers = session.run === name || session.run === "" || name.startsWith(`${session.run}/`);
    if (covers && hparam in session.values && (!best || session.run.length >= best.run.length)) best = session;
  }
  return best?.values[hparam];
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
    if (key === null) rest.push(run);
    else members.set(key, [...(members.get(key) ?? []), run]);
  }
  const palette = [...new Set(keyed.map(({ run }) => run.color))];
  const taken = new Set<string>();
  let lap = 0;
  const groups = [...members].map(([key, runs]): RunGroup => {
    if (taken.size === palette.length) {
      taken.clear();
      lap += 1;
    }
    const own = runs[0]?.color ?? "#8a8f98";
    const color = taken.has(own) ? (palette.find((other) => !taken.has(other)) ?? own) : own;
    taken.add(color);
    return { key, runs, color, dash: dashOf(lap) };
  });
  if (byNumber && groups.every(({ key }) => !Number.isNaN(numberIn(key)))) {
    groups.sort((a, b) => numberIn(a.key) - numberIn(b.key));
  }
  return { groups, rest };
}
