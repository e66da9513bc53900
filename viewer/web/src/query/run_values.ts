/** The values of runs that conditions, orders and colours ask for: hyperparameters of sessions, scalars in a number. */

import type { HParamValue, Session } from "../api/hparams";
import type { JsonNumber } from "../api/types";
import type { Quantity, Summary } from "./query";

/** The values of one run; most have one or none, a run above several sessions has those of all. */
export type Values = readonly HParamValue[];

/** What quantities there are. */
export interface Known {
  hparams: readonly string[];
  tags: readonly string[];
}

export type Source = { kind: "hparam"; name: string } | { kind: "metric"; tag: string; of: Summary };

const NONE: Values = [];

/** Which hyperparameter or scalar is meant; if none, why not, in words. */
export function findSource({ of, name }: Quantity, known: Known): Source | { problem: string } {
  const hparam = of ? undefined : sameName(name, known.hparams);
  if (hparam !== undefined) return { kind: "hparam", name: hparam };
  const tag = sameName(name, known.tags);
  if (tag !== undefined) return { kind: "metric", tag, of: of ?? "last" };
  const ending = known.tags.filter((tag) => tag.toLowerCase().endsWith(`/${name.toLowerCase()}`));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return { kind: "metric", tag: only, of: of ?? "last" };
  if (ending.length) return { problem: `Several metrics end in ${name}: ${someOf(ending)}` };
  const what = of ? "metric" : "hyperparameter or metric";
  const like = alike(name, of ? known.tags : [...known.hparams, ...known.tags]);
  return { problem: `There is no ${what} ${name}${like.length ? `; there is ${someOf(like)}` : ""}` };
}

function sameName(name: string, names: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  return names.includes(name) ? name : names.find((other) => other.toLowerCase() === lower);
}

const someOf = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;

function alike(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return names.filter((other) => {
    const lower = other.toLowerCase();
    return lower.includes(wanted) || wanted.includes(lower) || lower.startsWith(wanted.slice(0, 3));
  });
}

/**
 * For each run the sessions that it belongs to: its own; else that of the nearest directory above; else those below.
 * Writers disagree about where they put a session: beside the scalars, above them, or in a run below.
 */
export function sessionsOfRuns(runs: readonly string[], sessions: readonly { run: string }[]): number[][] {
  const own = new Map<string, number[]>();
  const below = new Map<string, number[]>();
  sessions.forEach(({ run }, index) => {
    note(own, run, index);
    for (const folder of foldersOf(run)) note(below, folder, index);
  });
  return runs.map((run) => {
    const found =
      own.get(run) ??
      foldersOf(run)
        .map((folder) => own.get(folder))
        .find(Boolean) ??
      below.get(run);
    return found ?? own.get(".") ?? [];
  });
}

function note(book: Map<string, number[]>, key: string, index: number): void {
  const noted = book.get(key);
  if (noted) noted.push(index);
  else book.set(key, [index]);
}

/** The directories above a run, the nearest first. */
function foldersOf(run: string): string[] {
  const folders: string[] = [];
  for (let at = run.lastIndexOf("/"); at > 0; at = run.lastIndexOf("/", at - 1)) folders.push(run.slice(0, at));
  return folders;
}

/** The values of a hyperparameter, run by run. */
export function hparamColumn(name: string, belonging: readonly number[][], sessions: readonly Session[]): Values[] {
  const bySession = sessions.map((session) => (Object.hasOwn(session.values, name) ? session.values[name] : undefined));
  return belonging.map((indices) => {
    const values = indices.map((index) => bySession[index]).filter((value) => value !== undefined);
    return values.length ? values : NONE;
  });
}

/** A column of `Metrics` as values of `runs`, which need not be the same runs. */
export function metricColumn(
  runs: readonly string[],
  answered: ReadonlyMap<string, number>,
  column: readonly (JsonNumber | null)[],
): Values[] {
  return runs.map((run) => {
    const value = column[answered.get(run) ?? -1];
    return value === null || value === undefined ? NONE : [Number(value)];
  });
}
