/** The steps that the curves on the page have: what the slider of all moves over. */

import { computed, signal } from "@preact/signals";

const byTag = signal<ReadonlyMap<string, readonly number[]>>(new Map());

/** All of them, each once, rising. */
export const knownSteps = computed<readonly number[]>(() =>
  [...new Set([...byTag.value.values()].flat())].sort((a, b) => a - b),
);

/** Note the steps of a tag's curves; null: the tag is not on the page any more. */
export function noteSteps(tag: string, steps: readonly number[] | null): void {
  const had = byTag.peek().get(tag);
  if (steps === null ? !had : had?.length === steps.length && steps.every((step, at) => step === had[at])) return;
  const next = new Map(byTag.peek());
  if (steps === null) next.delete(tag);
  else next.set(tag, steps);
  byTag.value = next;
}
