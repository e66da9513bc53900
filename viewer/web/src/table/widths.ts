/** Where the columns of a table stand, and which of them are on the screen. */

export const LEAST_COLUMN = 56;
export const MOST_COLUMN = 480;
/** Of a character of small text, and what stands beside it in a heading. */
const CHARACTER = 7;
const HEAD_SPACE = 48;

/** A width that a heading and the numbers or texts below it fit in. */
export function usualWidth(title: string, numeric: boolean, longest = 0): number {
  const text = numeric ? 0 : longest * CHARACTER + 28;
  return Math.round(Math.max(numeric ? 96 : 80, Math.min(200, Math.max(title.length * CHARACTER + HEAD_SPACE, text))));
}

export const clampWidth = (width: number): number => Math.round(Math.max(LEAST_COLUMN, Math.min(MOST_COLUMN, width)));

/** Left edges of columns of these widths, and the right edge of the last. */
export function edgesOf(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) as number) + width);
  return edges;
}

/** Columns that a window of the table shows: the first, and the one behind the last. */
export function columnsWithin(edges: readonly number[], left: number, width: number): { first: number; last: number } {
  const count = edges.length - 1;
  let first = 0;
  while (first < count - 1 && (edges[first + 1] as number) <= left) first += 1;
  let last = first;
  while (last < count && (edges[last] as number) < left + width) last += 1;
  return { first, last };
}

/** Before which column something stands that is dropped at `x`. */
export function dropIndex(edges: readonly number[], x: number): number {
  const count = edges.length - 1;
  for (let at = 0; at < count; at++) {
    if (x < ((edges[at] as number) + (edges[at + 1] as number)) / 2) return at;
  }
  return count;
}

/** The list with one of its items moved before another, or to the end. */
export function moved<T>(items: readonly T[], item: T, before: T | null): T[] {
  if (item === before) return [...items];
  const rest = items.filter((one) => one !== item);
  const at = before === null ? rest.length : rest.indexOf(before);
  rest.splice(at < 0 ? rest.length : at, 0, item);
  return rest;
}
