/** What names have in common, so that a list of them need not say it again and again. */

export interface Folded {
  prefix: string;
  suffix: string;
  /** What is left of each name. */
  rests: string[];
}

/** Parts of names end at these. */
const SEPARATOR = /[/\\_\-,:;=\s]/;
/** Folding away less than this makes nothing easier to read. */
const LEAST = 4;

/** The common beginning and end of names, in whole parts; something is left of each name. */
export function foldNames(names: readonly string[]): Folded {
  const whole = { prefix: "", suffix: "", rests: [...names] };
  const [first = ""] = names;
  if (names.length < 2) return whole;
  let start = 0;
  while (start < first.length && names.every((name) => name[start] === first[start])) start += 1;
  while (start > 0 && !SEPARATOR.test(first[start - 1] as string)) start -= 1;
  const shortest = Math.min(...names.map((name) => name.length));
  let end = 0;
  while (end < shortest - start && names.every((name) => name.at(-1 - end) === first.at(-1 - end))) end += 1;
  while (end > 0 && !SEPARATOR.test(first.at(-end) as string)) end -= 1;
  if (names.some((name) => name.length - end <= start)) end = 0;
  if (names.some((name) => name.length <= start)) start = 0;
  if (start < LEAST) start = 0;
  if (end < LEAST) end = 0;
  return {
    prefix: first.slice(0, start),
    suffix: end ? first.slice(-end) : "",
    rests: names.map((name) => name.slice(start, name.length - end)),
  };
}
