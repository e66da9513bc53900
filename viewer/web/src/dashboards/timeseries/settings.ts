/** Which kinds of cards the page shows, and which page of a group. */

import { choiceCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";

export const SERIES_KINDS = ["scalars", "images", "histograms"] as const;

/** What has a card here. */
export type SeriesKind = (typeof SERIES_KINDS)[number];

export type ShownKinds = SeriesKind | "all";

export const shownKinds = hashSignal<ShownKinds>("types", "all", choiceCodec(["all", ...SERIES_KINDS]));

/** Each as `page:prefix`, counted from 1. */
export const pagesCodec: Codec<ReadonlyMap<string, number>> = {
  read: (values) =>
    new Map(
      values.flatMap((text): [string, number][] => {
        const [, page, prefix] = /^(\d{1,6}):(.*)$/s.exec(text) ?? [];
        return page !== undefined && prefix !== undefined && Number(page) > 1 ? [[prefix, Number(page) - 1]] : [];
      }),
    ),
  write: (pages) => [...pages].map(([prefix, page]) => `${page + 1}:${prefix}`),
};

/** The page that a group is turned to, 0-based; groups on their first page are left out. */
export const groupPages = hashSignal<ReadonlyMap<string, number>>("page", new Map(), pagesCodec);

export function turnTo(prefix: string, page: number): void {
  const next = new Map(groupPages.peek());
  if (page > 0) next.set(prefix, page);
  else next.delete(prefix);
  groupPages.value = next;
}
