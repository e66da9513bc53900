/** Which runs there are, which of them the filter lets through and which are ticked. */

import { computed } from "@preact/signals";
import type { RunEntry } from "../api/types";
import { liftOnDark } from "../draw/colors";
import { createFilter } from "../regex/filter";
import { textCodec } from "./codecs";
import { type Codec, hashSignal } from "./hash";
import { catalog } from "./log";
import { appearance } from "./theme";

/**
 * Ticked runs. `except`: all but these, and a run that appears later is shown. `only`: these and no others, so that a
 * choice of one run is not disturbed by new ones.
 */
export interface Selection {
  mode: "except" | "only";
  names: ReadonlySet<string>;
}

export interface ShownRun {
  name: string;
  /** `#rrggbb`, safe to be put into a style; a dark colour is lifted on the dark theme. */
  color: string;
  /** Runs beyond the palette repeat its colours: 0 for the first run of a colour, 1 for the second, … */
  lap: number;
  started: number;
  entry: RunEntry;
}

const ALL: Selection = { mode: "except", names: new Set() };
const NO_COLOR = "#8a8f98";
/** As `--surface` in the dark theme. */
const DARK_SURFACE = "#161a21";

const selectionCodec: Codec<Selection> = {
  read: (values) => {
    const [mode, ...names] = values;
    return mode === "except" || mode === "only" ? { mode, names: new Set(names) } : undefined;
  },
  write: ({ mode, names }) => (mode === "except" && names.size === 0 ? [] : [mode, ...names]),
};

export const selection = hashSignal<Selection>("select", ALL, selectionCodec);

export const runs = computed<readonly ShownRun[]>(() => {
  const laps = new Map<string, number>();
  const isDark = appearance.value === "dark";
  return (catalog.value?.runs ?? []).map((entry) => {
    const color = /^#[0-9a-f]{6}$/i.test(entry.color) ? entry.color : NO_COLOR;
    const lap = laps.get(color) ?? 0;
    laps.set(color, lap + 1);
    return {
      name: entry.name,
      color: isDark ? liftOnDark(color, DARK_SURFACE) : color,
      lap,
      started: Number(entry.started ?? Number.NaN),
      entry,
    };
  });
});

export const runByName = computed<ReadonlyMap<string, ShownRun>>(
  () => new Map(runs.value.map((run) => [run.name, run])),
);

export const runFilter = createFilter(
  hashSignal("runs", "", textCodec),
  computed(() => runs.value.map((run) => run.name)),
);

/** The rows of the list: runs that the filter lets through. */
export const listedRuns = computed<readonly ShownRun[]>(() => {
  const matched = runFilter.matched.value;
  return matched ? runs.value.filter((run) => matched.has(run.name)) : runs.value;
});

/** Runs that charts show: listed and ticked. */
export const shownRuns = computed<readonly ShownRun[]>(() => {
  const chosen = selection.value;
  return listedRuns.value.filter((run) => isSelected(chosen, run.name));
});

export const isSelected = ({ mode, names }: Selection, name: string): boolean => names.has(name) === (mode === "only");

export function setSelected(changed: readonly string[], on: boolean): void {
  const { mode, names } = selection.peek();
  const next = new Set(names);
  for (const name of changed) {
    if (on === (mode === "only")) next.add(name);
    else next.delete(name);
  }
  selection.value = { mode, names: next };
}

export function toggleRun(name: string): void {
  setSelected([name], !isSelected(selection.peek(), name));
}

/** Only this run; all again if it is the only one already. */
export function soloRun(name: string): void {
  const shown = shownRuns.peek();
  selection.value = shown.length === 1 && shown[0]?.name === name ? ALL : { mode: "only", names: new Set([name]) };
}

/** Tick or untick all listed runs; without a filter, that goes for runs still to come as well. */
export function selectListed(on: boolean): void {
  if (listedRuns.peek().length < runs.peek().length) {
    setSelected(
      listedRuns.peek().map((run) => run.name),
      on,
    );
    return;
  }
  selection.value = on ? ALL : { mode: "only", names: new Set() };
}
