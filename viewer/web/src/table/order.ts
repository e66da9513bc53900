/** The order of columns: as they come by themselves, but for those that a person has moved. */

import { moved } from "./widths";

/** Those of `first` that there are, in that order, then the others as they are. */
export function inOrder(ids: readonly string[], first: readonly string[]): string[] {
  const there = new Set(ids);
  const ahead = first.filter((id) => there.has(id));
  const taken = new Set(ahead);
  return [...ahead, ...ids.filter((id) => !taken.has(id))];
}

/** The shortest list that, put first, gives this order of `ids`: what is behind it follows by itself. */
export function orderOf(ids: readonly string[], wanted: readonly string[]): string[] {
  for (let length = 0; length < wanted.length; length++) {
    const first = wanted.slice(0, length);
    if (inOrder(ids, first).every((id, at) => id === wanted[at])) return first;
  }
  return [...wanted];
}

/** What `first` becomes when a column is moved before another, or to the end. */
export function withMoved(
  ids: readonly string[],
  first: readonly string[],
  id: string,
  before: string | null,
): readonly string[] {
  return orderOf(ids, moved(inOrder(ids, first), id, before));
}
