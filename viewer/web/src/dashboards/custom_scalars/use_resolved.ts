/** What a chart of a layout shows now: its patterns are matched in a worker, again when there are new tags. */

import { computed, type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { LayoutChart } from "../../api/layout";
import { type Found, TagPatterns } from "../../regex/tag_patterns";
import { catalog } from "../../state/log";
import { cardsOf } from "../../state/tags";
import { patternsOf, type Resolved, resolve } from "./resolve";

const patterns = new TagPatterns();

/** The same list as long as the tags are the same. */
let lastTags: readonly string[] = [];
const scalarTags = computed<readonly string[]>(() => {
  const tags = catalog.value?.tags.scalars ?? [];
  if (tags.length !== lastTags.length || tags.some((tag, at) => tag !== lastTags[at])) lastTags = tags;
  return lastTags;
});

const cards = computed(() => new Map(cardsOf("scalars").value.map((card) => [card.tag, card] as const)));

/** Null until its patterns are matched. */
export function useResolved(chart: LayoutChart, near: ReadonlySignal<boolean>): ReadonlySignal<Resolved | null> {
  const shown = useSignal(chart);
  if (JSON.stringify(shown.peek()) !== JSON.stringify(chart)) shown.value = chart;
  const found = useSignal<ReadonlyMap<string, Found> | null>(null);
  useSignalEffect(() => {
    const [wanted, tags] = [shown.value, scalarTags.value];
    if (!near.value) return;
    let current = true;
    const all = patternsOf(wanted).map(async (pattern) => [pattern, await patterns.find(pattern, tags)] as const);
    void Promise.all(all).then((answers) => {
      if (current) found.value = new Map(answers);
    });
    return () => {
      current = false;
    };
  });
  return useComputed(() => found.value && resolve(shown.value, found.value, cards.value));
}
