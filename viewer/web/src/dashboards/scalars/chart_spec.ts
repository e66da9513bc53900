/** What a card of scalars shows: one tag, or several on one chart. */

import type { ShownRun } from "../../state/runs";
import type { TagCard } from "../../state/tags";

export interface ChartSpec {
  /** Tells it from other charts: the tag, or `panel:…`. */
  id: string;
  title: string;
  cards: readonly TagCard[];
  /** Of lines within bands: for each card the tags of its band's lower and upper edge, if it has any. */
  bands?: readonly (BandTags | null)[];
}

export interface BandTags {
  lower: string;
  upper: string;
}

export const chartOfTag = (card: TagCard): ChartSpec => ({ id: card.tag, title: card.tag, cards: [card] });

/** The runs of all its tags, each once. */
export function runsOf({ cards }: ChartSpec): readonly ShownRun[] {
  const [only] = cards;
  if (only && cards.length === 1) return only.runs;
  const runs = new Map(cards.flatMap((card) => card.runs.map((run) => [run.name, run] as const)));
  return [...runs.values()];
}

/** A page makes a new object at every drawing; what it holds changes only with the runs and the tags. */
export const sameSpec = (a: ChartSpec, b: ChartSpec): boolean =>
  a.cards.length === b.cards.length &&
  a.cards.every((card, at) => card === b.cards[at]) &&
  JSON.stringify(a.bands) === JSON.stringify(b.bands);
