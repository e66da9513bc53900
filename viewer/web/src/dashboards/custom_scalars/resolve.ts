/** From the patterns of a chart to the tags that it shows, and to what is to be said about them. */

import type { LayoutChart } from "../../api/layout";
import type { Found } from "../../regex/tag_patterns";
import type { TagCard } from "../../state/tags";
import type { BandTags } from "../scalars/chart_spec";

export interface Resolved {
  cards: readonly TagCard[];
  /** Of a chart of bands, for each card. */
  bands: readonly (BandTags | null)[] | undefined;
  /** What is not as the layout wants it, in words. */
  remarks: readonly string[];
}

/** A pattern as `.*` on a log of thousands of tags is no chart. */
export const MOST_TAGS = 40;
const MOST_LETTERS = 80;

const quoted = (pattern: string): string =>
  `“${pattern.length > MOST_LETTERS ? `${pattern.slice(0, MOST_LETTERS)}…` : pattern}”`;

export const patternsOf = ({ tags, margins }: LayoutChart): string[] => [
  ...new Set([...tags, ...margins.flatMap(({ value, lower, upper }) => [value, lower, upper])]),
];

/** `cards` are the scalars that shown runs have, `all` the tags that any run has. */
export function resolve(
  chart: LayoutChart,
  found: ReadonlyMap<string, Found>,
  cards: ReadonlyMap<string, TagCard>,
): Resolved {
  const remarks: string[] = [];
  const tagsOf = (pattern: string): readonly string[] => {
    const answer = found.get(pattern);
    if (!answer) return [];
    if ("error" in answer) remarks.push(`${quoted(pattern)}: ${answer.error}`);
    else if (!answer.tags.length) remarks.push(`${quoted(pattern)}: no scalar has such a tag`);
    return "error" in answer ? [] : answer.tags;
  };
  const shown = chart.margins.length ? banded(chart, tagsOf, remarks) : lined(chart, tagsOf);
  const present = [...shown].filter(([tag]) => cards.has(tag));
  if (shown.size && !present.length) remarks.push("No ticked run has these tags");
  if (present.length > MOST_TAGS) remarks.push(`${present.length - MOST_TAGS} more tags match; narrow the pattern`);
  const kept = present.slice(0, MOST_TAGS);
  return {
    cards: kept.map(([tag]) => cards.get(tag) as TagCard),
    bands: chart.margins.length ? kept.map(([, band]) => band) : undefined,
    remarks,
  };
}

type Shown = Map<string, BandTags | null>;

function lined({ tags }: LayoutChart, tagsOf: (pattern: string) => readonly string[]): Shown {
  return new Map(tags.flatMap((pattern) => tagsOf(pattern).map((tag) => [tag, null] as const)));
}

/** Each margin's tags belong together in their order: the first value with the first lower and the first upper. */
function banded({ margins }: LayoutChart, tagsOf: (pattern: string) => readonly string[], remarks: string[]): Shown {
  const shown: Shown = new Map();
  for (const margin of margins) {
    const [values, lowers, uppers] = [tagsOf(margin.value), tagsOf(margin.lower), tagsOf(margin.upper)];
    values.forEach((value, at) => {
      const [lower, upper] = [lowers[at], uppers[at]];
      shown.set(value, lower !== undefined && upper !== undefined ? { lower, upper } : null);
    });
    if (
      values.length &&
      lowers.length &&
      uppers.length &&
      new Set([values, lowers, uppers].map((f) => f.length)).size > 1
    )
      remarks.push(
        `${quoted(margin.value)}: ${values.length} tags, but ${lowers.length} lower and ${uppers.length} upper edges`,
      );
  }
  return shown;
}
