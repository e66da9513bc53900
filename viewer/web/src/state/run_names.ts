/** The names of all runs, in order of appearance; a new list only if a run is new or gone. */

import { computed } from "@preact/signals";
import { catalog } from "./log";

const NONE: readonly string[] = [];
let last: readonly string[] = NONE;

export const runNames = computed<readonly string[]>(() => {
  const names = catalog.value?.runs.map((run) => run.name) ?? NONE;
  if (names.length !== last.length || names.some((name, index) => name !== last[index])) last = names;
  return last;
});
