/** Which runs there are, which of them the filter lets through and which are ticked. */

import { computed } from "@preact/signals";
import type { RunEntry } from "../api/types";
import { NO_GROUP_COLOR } from "../runs/groups";
import { textCodec } from "./codecs";
import { hashSignal } from "./hash";
import { catalog } from "./log";
import { runColors } from "./run_colors";
import { columnOf, want } from "./run_columns";
import { createRunFilter } from "./run_filter";
import { runNames } from "./run_names";
import { type Selection, selectionCodec } from "./selection";

export interface ShownRun {
  name: string;
  /** `#rrggbb`, safe to be put into a style; a dark colour is lifted on the dark theme. */
  color: string;
  /** Runs beyond the palette repeat its colours: 0 for the first run of a colour, 1 for the second, … */
  lap: number;
  started: number;
  entry: RunEntry;
}

const AUTO: Selection = { mode: "auto", names: new Set() };
const ALL: Selection = { mode: "except", names: new Set() };
/** Charts of so many runs can still be read and drawn; of more, the newest are ticked until somebody chooses. */
const MOST_AT_FIRST = 1000;
const NEWEST = 100;

export const selection = hashSignal<Selection>("select", AUTO, selectionCodec);

export const runs = computed<readonly ShownRun[]>(() => {
  const colors = runColors.value;
  return (catalog.value?.runs ?? []).map((entry, index) => ({
    name: entry.name,
    color: colors[index]?.color ?? NO_GROUP_COLOR,
    lap: colors[index]?.lap ?? 0,
    started: Number(entry.started ?? Number.NaN),
    entry,
  }));
});

export const runByName = computed<ReadonlyMap<string, ShownRun>>(
  () => new Map(runs.value.map((run) => [run.name, run])),
);

export const runFilter = createRunFilter(hashSignal("runs", "", textCodec), runNames, columnOf);
want(runFilter.quantities);

/** The rows of the list: runs that the filter lets through. */
export const listedRuns = computed<readonly ShownRun[]>(() => {
  const matched = runFilter.matched.value;
  return matched ? runs.value.filter((run) => matched.has(run.name)) : runs.value;
});

/** While nobody has chosen, of too many runs the newest of those in the list; null: all. */
const newest = computed<ReadonlySet<string> | null>(() => {
  const listed = listedRuns.value;
  return listed.length > MOST_AT_FIRST ? new Set(listed.slice(-NEWEST).map((run) => run.name)) : null;
});

/** How many of the listed runs were ticked because there are too many for all; null if that is not so. */
export const cutToNewest = computed<number | null>(() =>
  selection.value.mode === "auto" && newest.value ? newest.value.size : null,
);

export function isSelected({ mode, names }: Selection, name: string): boolean {
  return mode === "auto" ? (newest.value?.has(name) ?? true) : names.has(name) === (mode === "only");
}

/** Runs that charts show: listed and ticked. */
export const shownRuns = computed<readonly ShownRun[]>(() => {
  const chosen = selection.value;
  return listedRuns.value.filter((run) => isSelected(chosen, run.name));
});

/** The selection as a choice that can be changed. */
function chosen(): { mode: "except" | "only"; names: Set<string> } {
  const { mode, names } = selection.peek();
  if (mode !== "auto") return { mode, names: new Set(names) };
  const cut = newest.peek();
  return cut ? { mode: "only", names: new Set(cut) } : { mode: "except", names: new Set() };
}

export function setSelected(changed: readonly string[], on: boolean): void {
  const next = chosen();
  for (const name of changed) {
    if (on === (next.mode === "only")) next.names.add(name);
    else next.names.delete(name);
  }
  const isAll = next.mode === "except" && next.names.size === 0;
  selection.value = isAll && runs.peek().length <= MOST_AT_FIRST ? AUTO : next;
}

export function toggleRun(name: string): void {
  setSelected([name], !isSelected(selection.peek(), name));
}

/** Only these runs; those of the beginning again if they are the only ones already. */
export function soloRuns(names: readonly string[]): void {
  const wanted = new Set(names);
  const shown = shownRuns.peek();
  const isSolo = shown.length === wanted.size && shown.every((run) => wanted.has(run.name));
  selection.value = isSolo ? AUTO : { mode: "only", names: wanted };
}

export const soloRun = (name: string): void => soloRuns([name]);

/** Tick or untick all listed runs; without a filter, that goes for runs still to come as well. */
export function selectListed(on: boolean): void {
  const listed = listedRuns.peek();
  if (listed.length < runs.peek().length) {
    const names = listed.map((run) => run.name);
    setSelected(names, on);
    return;
  }
  selection.value = !on ? { mode: "only", names: new Set() } : listed.length > MOST_AT_FIRST ? ALL : AUTO;
}
