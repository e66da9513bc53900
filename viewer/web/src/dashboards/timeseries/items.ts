/** The cards of the page: every kind in one list, in groups by what stands before the first slash of a tag. */

import { computed } from "@preact/signals";
import type { ShownRun } from "../../state/runs";
import { cardOfTag, type TagCard, tagGroups } from "../../state/tags";
import { pins } from "./pins";
import { SERIES_KINDS, type SeriesKind, shownKinds } from "./settings";

/** One card: a tag of scalars with all its runs, or the images or histograms of one run and tag. */
export interface SeriesItem {
  /** Tells it from all other cards; stands in the address of a pinned one. */
  key: string;
  kind: SeriesKind;
  card: TagCard;
  /** Null for scalars, which show every run. */
  run: ShownRun | null;
}

export interface SeriesGroup {
  prefix: string;
  items: readonly SeriesItem[];
}

export const keyOf = (kind: SeriesKind, tag: string, run?: string): string =>
  `${kind}:${tag}${run === undefined ? "" : `\n${run}`}`;

/** What a key stands for; null if it makes no sense. */
export function readKey(key: string): { kind: SeriesKind; tag: string; run: string | undefined } | null {
  const colon = key.indexOf(":");
  const kind = SERIES_KINDS.find((known) => known === key.slice(0, Math.max(0, colon)));
  if (!kind) return null;
  const [tag = "", run] = key.slice(colon + 1).split("\n");
  return (run === undefined) === (kind === "scalars") ? { kind, tag, run } : null;
}

const itemsOf = (kind: SeriesKind, card: TagCard): SeriesItem[] =>
  kind === "scalars"
    ? [{ key: keyOf(kind, card.tag), kind, card, run: null }]
    : card.runs.map((run) => ({ key: keyOf(kind, card.tag, run.name), kind, card, run }));

/** The item of a key, if shown runs have it; the filters of tags and kinds do not matter. */
export function itemOfKey(key: string): SeriesItem | null {
  const read = readKey(key);
  const card = read && cardOfTag(read.kind, read.tag);
  if (!read || !card) return null;
  return itemsOf(read.kind, card).find((item) => item.key === key) ?? null;
}

/** Groups of the cards that are not pinned, each with its scalars first. */
export const seriesGroups = computed<readonly SeriesGroup[]>(() => {
  const pinned = new Set(pins.value);
  const groups = new Map<string, SeriesItem[]>();
  for (const kind of SERIES_KINDS) {
    if (shownKinds.value !== "all" && shownKinds.value !== kind) continue;
    for (const { prefix, cards } of tagGroups(kind).value) {
      const items = cards.flatMap((card) => itemsOf(kind, card)).filter(({ key }) => !pinned.has(key));
      if (!items.length) continue;
      const members = groups.get(prefix);
      if (members) members.push(...items);
      else groups.set(prefix, items);
    }
  }
  return [...groups].map(([prefix, items]) => ({ prefix, items }));
});
