/** Looking for boxes by their names. */

import { effect, signal } from "@preact/signals";
import type { SearchAnswer } from "../../graphs/scene";
import { jumpTo } from "./actions";
import { sought, soughtIsPattern } from "./settings";
import { model } from "./state";

/** So many are listed; there may be more. */
export const MOST_FOUND = 200;

export const found = signal<SearchAnswer | null>(null);
/** Which of those found was gone to last; -1 before the first. */
export const foundAt = signal(-1);

let latest = 0;
/** A step that was asked for before it was known what there is. */
let waiting: 1 | -1 | null = null;
let isSearching = false;

effect(() => {
  const [graph, text, isPattern] = [model.value, sought.value, soughtIsPattern.value];
  const mine = ++latest;
  waiting = null;
  isSearching = false;
  if (!graph || !text) {
    found.value = null;
    foundAt.value = -1;
    return;
  }
  isSearching = true;
  graph.search(text, isPattern, MOST_FOUND).then(
    (answer) => {
      if (mine !== latest) return;
      isSearching = false;
      foundAt.value = -1;
      found.value = answer;
      if (waiting) step(waiting);
      waiting = null;
    },
    (reason: unknown) => {
      if (mine === latest) isSearching = false;
      if (mine !== latest || (reason instanceof Error && reason.name === "AbortError")) return;
      found.value = { paths: [], total: 0, error: reason instanceof Error ? reason.message : String(reason) };
    },
  );
});

/** Go to the next one that was found, or the one before, round and round. */
export function step(by: 1 | -1): void {
  if (isSearching) {
    waiting = by;
    return;
  }
  const paths = found.peek()?.paths ?? [];
  if (paths.length === 0) return;
  const at = foundAt.peek();
  goTo(at < 0 && by < 0 ? paths.length - 1 : (at + by + paths.length) % paths.length);
}

export function goTo(at: number): void {
  const path = found.peek()?.paths[at];
  if (path === undefined) return;
  foundAt.value = at;
  void jumpTo(path);
}
