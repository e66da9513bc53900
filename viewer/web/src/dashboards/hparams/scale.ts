/** From the values of a column to places on an axis and back. */

import { linearTicks, logTicks } from "../../draw/ticks";
import { formatTicks, formatValue } from "../../format/numbers";
import { type Cell, cellKey, distinctCells, formatCell, isValue } from "../../table/cells";
import type { ScaleKind } from "./settings";

export interface Tick {
  /** 0 at the low end, 1 at the high one. */
  at: number;
  text: string;
}

export interface Scale {
  kind: ScaleKind | "category";
  /** NaN for what has no place, such as nothing, NaN, or 0 on a logarithmic axis. */
  position(cell: Cell): number;
  /** The value at a place; of names, none. */
  invert(at: number): number;
  ticks(count: number): Tick[];
  /** What stands on an axis of names, from low to high. */
  categories: readonly Cell[];
}

/** From this ratio of the highest to the lowest on, an axis of positive numbers is logarithmic by itself. */
const LOG_RATIO = 100;
const LOG_MIDDLE = 6;
/** So few values are labelled each, wherever they are. */
const FEW = 10;
/** Measured numbers have long names: round ones are easier to read. */
const SHORT = 6;

/** How an axis is if nobody has said. */
export function usualScale(cells: readonly Cell[]): ScaleKind {
  const numbers = finiteOf(cells);
  const [low, high] = extentOf(numbers);
  if (!(low > 0) || high / low < LOG_RATIO || new Set(numbers).size < 3) return "linear";
  // Evenly strewn numbers may come near 0 as well; what was chosen by magnitude has its middle far down.
  const middle = numbers.sort((a, b) => a - b)[numbers.length >> 1] as number;
  return middle < (low + high) / LOG_MIDDLE ? "log" : "linear";
}

export function makeScale(cells: readonly Cell[], kind: ScaleKind): Scale {
  const isNumeric = cells.every((cell) => cell === null || typeof cell === "number");
  if (!isNumeric) return categoryScale(cells);
  const numbers = finiteOf(cells);
  if (kind === "quantile") return quantileScale(numbers);
  const positive = numbers.filter((number) => number > 0);
  return kind === "log" && positive.length ? logScale(positive) : linearScale(numbers);
}

const finiteOf = (cells: readonly Cell[]): number[] =>
  cells.filter((cell): cell is number => typeof cell === "number" && Number.isFinite(cell));

function extentOf(numbers: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return [low, high];
}

/** Infinities stand at the ends. */
const clamped = (at: number): number => Math.min(1, Math.max(0, at));

function linearScale(numbers: readonly number[]): Scale {
  const [low, high] = extentOf(numbers);
  const span = high - low;
  return {
    kind: "linear",
    categories: [],
    position: (cell) => {
      if (typeof cell !== "number" || Number.isNaN(cell) || !numbers.length) return Number.NaN;
      return span > 0 ? clamped((cell - low) / span) : 0.5;
    },
    invert: (at) => (span > 0 ? low + at * span : low),
    ticks: (count) => {
      if (!numbers.length) return [];
      if (!(span > 0)) return [{ at: 0.5, text: formatValue(low) }];
      const few = ticksOfFew(numbers, (value) => (value - low) / span, count);
      if (few) return few;
      const ticks = linearTicks(low, high, count);
      return formatTicks(ticks).map((text, i) => ({ at: ((ticks[i] as number) - low) / span, text }));
    },
  };
}

function logScale(positive: readonly number[]): Scale {
  const [low, high] = extentOf(positive);
  const [from, span] = [Math.log(low), Math.log(high) - Math.log(low)];
  const position = (cell: Cell): number => {
    if (typeof cell !== "number" || !(cell > 0)) return Number.NaN;
    return span > 0 ? clamped((Math.log(cell) - from) / span) : 0.5;
  };
  return {
    kind: "log",
    categories: [],
    position,
    invert: (at) => (at <= 0 ? low : at >= 1 ? high : Math.exp(from + at * span)),
    ticks: (count) => {
      if (!(span > 0)) return [{ at: 0.5, text: formatValue(low) }];
      const few = ticksOfFew(positive, position, count);
      if (few) return few;
      const ticks = logTicks(low, high, count);
      return (ticks.length > 1 ? ticks : [low, high]).map((tick) => ({ at: position(tick), text: formatValue(tick) }));
    },
  };
}

/** Where a column has few distinct values, these are the ticks, as far as there is room; null for many. */
function ticksOfFew(numbers: readonly number[], position: (value: number) => number, count: number): Tick[] | null {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  if (distinct.length > FEW || distinct.some((value) => formatValue(value).length > SHORT)) return null;
  const ticks: Tick[] = [];
  for (const value of distinct) {
    const at = position(value);
    if (at - (ticks.at(-1)?.at ?? -1) >= 0.5 / count) ticks.push({ at, text: formatValue(value) });
  }
  return ticks;
}

/** As many values on each stretch of the axis as on any other; equal values share the middle of their ranks. */
function quantileScale(numbers: readonly number[]): Scale {
  const sorted = [...numbers].sort((a, b) => a - b);
  const last = Math.max(1, sorted.length - 1);
  const distinct = [...new Set(sorted)];
  const places = distinct.map((value) => (lowerBound(sorted, value) + upperBound(sorted, value) - 1) / 2 / last);
  const position = (cell: Cell): number => {
    if (typeof cell !== "number" || Number.isNaN(cell) || !sorted.length) return Number.NaN;
    if (sorted.length === 1) return 0.5;
    const above = lowerBound(distinct, cell);
    if (distinct[above] === cell) return places[above] as number;
    if (above === 0) return 0;
    if (above === distinct.length) return 1;
    return between(distinct[above - 1], distinct[above], places[above - 1], places[above], cell);
  };
  return {
    kind: "quantile",
    categories: [],
    position,
    invert: (at) => {
      const above = lowerBound(places, at);
      if (above === 0) return distinct[0] ?? Number.NaN;
      if (above === distinct.length) return distinct.at(-1) as number;
      return between(places[above - 1], places[above], distinct[above - 1], distinct[above], at);
    },
    ticks: (count) => {
      const steps = Math.max(1, Math.min(count, distinct.length) - 1);
      const chosen = Array.from(
        { length: steps + 1 },
        (_, i) => distinct[Math.round((i * (distinct.length - 1)) / steps)],
      );
      return [...new Set(chosen)].flatMap((value) =>
        value === undefined ? [] : [{ at: position(value), text: formatValue(value) }],
      );
    },
  };
}

const between = (a = 0, b = 0, from = 0, to = 0, x = 0): number =>
  b === a ? to : from + ((x - a) / (b - a)) * (to - from);

/** How many of the sorted numbers are below `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of them are not above it. */
function upperBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function categoryScale(cells: readonly Cell[]): Scale {
  const categories = distinctCells(cells.filter(isValue)).map(({ cell }) => cell);
  const places = new Map(categories.map((cell, at) => [cellKey(cell), placeOf(at, categories.length)]));
  return {
    kind: "category",
    categories,
    position: (cell) => places.get(cellKey(cell)) ?? Number.NaN,
    invert: () => Number.NaN,
    ticks: (count) => {
      const stride = Math.max(1, Math.ceil(categories.length / Math.max(1, count)));
      return categories.flatMap((cell, at) =>
        at % stride === 0 ? [{ at: placeOf(at, categories.length), text: formatCell(cell) }] : [],
      );
    },
  };
}

/** Away from the ends, so that the first and the last can be brushed as easily as the others. */
const placeOf = (at: number, count: number): number => (at + 0.5) / count;
