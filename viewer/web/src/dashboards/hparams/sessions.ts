/** Training sessions as rows: one each, or one for all that repeat each other. */

import type { HParamInfo, Session } from "../../api/hparams";
import { type Cell, cellKey } from "../../table/cells";

/** A session, with the runs that are its own. */
export interface SessionRow {
  run: string;
  session: Session;
  /** The session's run, those below it, and the run above it if that has no other session: shown and hidden together. */
  family: readonly string[];
  /** The run above, if it is part of the family; empty if not. */
  parent: string;
}

/** One row: a session, or several that repeat each other. */
export interface Row {
  key: string;
  name: string;
  sessions: readonly SessionRow[];
  /** Whether it stands for several. */
  isGroup: boolean;
  /** The row of the group that this session is part of. */
  within: string | null;
}

/** Group of a metric that is logged by the run above the session's. */
export const ABOVE = "..";

const parentOf = (run: string): string => (run.includes("/") ? run.slice(0, run.lastIndexOf("/")) : ".");

/** Sessions with their families; `runs` are all runs of the log. */
export function sessionRows(sessions: readonly Session[], runs: readonly string[]): SessionRow[] {
  const names = new Set(sessions.map(({ run }) => run));
  const there = new Set(runs);
  const below = new Map<string, string[]>();
  for (const run of runs) {
    const owner = names.has(run) ? run : ownerOf(run, names);
    if (owner === null) continue;
    const family = below.get(owner);
    if (family) family.push(run);
    else below.set(owner, [run]);
  }
  const inside = new Map<string, number>();
  for (const name of names) for (const above of allAbove(name)) inside.set(above, (inside.get(above) ?? 0) + 1);
  return sessions.map((session) => {
    const { run } = session;
    const parent = parentOf(run);
    // torch's add_hparams makes a run of its own below the one that holds the curves.
    const isAlone = run !== "." && there.has(parent) && !names.has(parent) && inside.get(parent) === 1;
    const family = below.get(run) ?? [run];
    return { run, session, family: isAlone ? [parent, ...family] : family, parent: isAlone ? parent : "" };
  });
}

/** The nearest session above a run. */
function ownerOf(run: string, sessions: ReadonlySet<string>): string | null {
  return allAbove(run).find((name) => sessions.has(name)) ?? null;
}

/** The runs that a run is below, the nearest first. */
function allAbove(run: string): string[] {
  if (run === ".") return [];
  const above = [parentOf(run)];
  while (above.at(-1) !== ".") above.push(parentOf(above.at(-1) as string));
  return above;
}

/** The run that has a metric of a session; null if there can be none. */
export function runOf({ run, parent }: SessionRow, group: string): string | null {
  if (group === ABOVE) return parent || null;
  if (group === "" || group === ".") return run;
  return run === "." ? group : `${run}/${group}`;
}

/** A value as it was logged: numbers that JSON has not come as strings. */
export function hparamCell({ session }: SessionRow, info: Pick<HParamInfo, "name" | "type">): Cell {
  const value = Object.hasOwn(session.values, info.name) ? session.values[info.name] : undefined;
  if (value === undefined) return null;
  return info.type === "float" && (value === "NaN" || value === "Infinity" || value === "-Infinity")
    ? Number(value)
    : value;
}

/** Sessions of one group, or with the same hyperparameters (but for the `ignored` ones), are one row. */
export function groupRows(
  sessions: readonly SessionRow[],
  infos: readonly Pick<HParamInfo, "name" | "type">[],
  ignored: ReadonlySet<string>,
): Row[] {
  const compared = infos.filter(({ name }) => !ignored.has(name));
  const groups = new Map<string, SessionRow[]>();
  for (const one of sessions) {
    const { group } = one.session;
    const key = group ? `g:${group}` : `h:${compared.map((info) => cellKey(hparamCell(one, info))).join()}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((members) => {
    const first = members[0] as SessionRow;
    if (members.length === 1) return singleRow(first);
    const name = first.session.group || commonName(members.map(({ run }) => run));
    return { key: `group ${first.run}`, name, sessions: members, isGroup: true, within: null };
  });
}

export const singleRow = (one: SessionRow, within: string | null = null): Row => ({
  key: one.run,
  name: one.run,
  sessions: [one],
  isGroup: false,
  within,
});

/** What names of runs begin with, up to a sign that parts them. */
export function commonName(names: readonly string[]): string {
  const first = names[0] ?? "";
  let end = 0;
  while (end < first.length && names.every((name) => name[end] === first[end])) end += 1;
  const common = first
    .slice(0, end)
    .replace(/[^/_\-. ]*$/, "")
    .replace(/[/_\-. ]+$/, "");
  return common ? `${common} …` : `${first} …`;
}
