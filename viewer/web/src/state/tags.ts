/** The tags of each kind: filtered, grouped by what stands before the first slash, with the runs that have them. */

import { computed, type ReadonlySignal } from "@preact/signals";
import { KINDS, type Kind } from "../api/types";
import { createFilter } from "../regex/filter";
import { countByTag, runsByTag } from "../runs/by_tag";
import { setCodec, textCodec } from "./codecs";
import { hashSignal } from "./hash";
import { catalog } from "./log";
import { type ShownRun, shownRuns } from "./runs";

export interface TagCard {
  tag: string;
  /** Shown runs that have the tag, in the order of the run list. */
  runs: readonly ShownRun[];
  /** How many runs have the tag, shown or not. */
  runsWithTag: number;
}

export interface TagGroup {
  /** What stands before the slash; empty for tags without one. */
  prefix: string;
  cards: readonly TagCard[];
}

const allTags = computed(() => [...new Set(KINDS.flatMap((kind) => catalog.value?.tags[kind] ?? []))]);

export const tagFilter = createFilter(hashSignal("tags", "", textCodec), allTags);

/** Groups that were closed, as `page:prefix`; the page of a kind is named for it. */
export const closedGroups = hashSignal<ReadonlySet<string>>("closed", new Set(), setCodec);

export function toggleGroup(page: string, prefix: string): void {
  const next = new Set(closedGroups.peek());
  const key = `${page}:${prefix}`;
  if (!next.delete(key)) next.add(key);
  closedGroups.value = next;
}

/** Close or open many groups of a page. */
export function setClosed(page: string, prefixes: readonly string[], closed: boolean): void {
  const next = new Set(closedGroups.peek());
  for (const prefix of prefixes) {
    if (closed) next.add(`${page}:${prefix}`);
    else next.delete(`${page}:${prefix}`);
  }
  closedGroups.value = next;
}

/** A tag as a person wrote it: writers of texts put `/text_summary` behind it. */
export const shownTag = (kind: Kind, tag: string): string =>
  kind === "texts" ? tag.replace(/\/text_summary$/, "") : tag;

export const tagPrefix = (tag: string): string => {
  const slash = tag.indexOf("/");
  return slash > 0 ? tag.slice(0, slash) : "";
};

const groupsByKind = new Map<Kind, ReadonlySignal<readonly TagGroup[]>>();

/** Groups of the tags of one kind that a shown run has and that the filter lets through. */
export function tagGroups(kind: Kind): ReadonlySignal<readonly TagGroup[]> {
  let groups = groupsByKind.get(kind);
  if (!groups) {
    groups = computed(() => {
      const matched = tagFilter.matched.value;
      return group(kind, matched ? cardsOf(kind).value.filter(({ tag }) => matched.has(tag)) : cardsOf(kind).value);
    });
    groupsByKind.set(kind, groups);
  }
  return groups;
}

const cardsByKind = new Map<Kind, ReadonlySignal<readonly TagCard[]>>();

/** The tags of one kind that a shown run has, whatever the filter says. */
export function cardsOf(kind: Kind): ReadonlySignal<readonly TagCard[]> {
  let cards = cardsByKind.get(kind);
  if (!cards) {
    cards = computed(() => collect(kind));
    cardsByKind.set(kind, cards);
  }
  return cards;
}

/** One of them. */
export const cardOfTag = (kind: Kind, tag: string): TagCard | undefined =>
  cardsOf(kind).value.find((card) => card.tag === tag);

function collect(kind: Kind): TagCard[] {
  const tags = catalog.value?.tags[kind] ?? [];
  const having = runsByTag(tags.length, shownRuns.value, (run) => run.entry[kind]);
  const counts = countByTag(tags.length, catalog.value?.runs ?? [], (run) => run[kind]);
  return tags
    .map((tag, index) => ({ tag, runs: having[index] ?? [], runsWithTag: counts[index] ?? 0 }))
    .filter(({ runs }) => runs.length > 0);
}

function group(kind: Kind, cards: readonly TagCard[]): TagGroup[] {
  const groups = new Map<string, TagCard[]>();
  for (const card of cards) {
    const prefix = tagPrefix(shownTag(kind, card.tag));
    const members = groups.get(prefix);
    if (members) members.push(card);
    else groups.set(prefix, [card]);
  }
  return [...groups].map(([prefix, members]) => ({ prefix, cards: members }));
}
