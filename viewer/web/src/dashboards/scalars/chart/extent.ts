/** How far the axes of a chart reach. */

import type { Line } from "./line";
import { hasPlace, type Scale, type ScaleKind } from "./scale";

export type Range = readonly [number, number];

/** Ends that somebody has set; null: as far as there are values. */
export type Bounds = readonly [number | null, number | null];

const PAD = 0.06;
/** Where outliers are ignored, these shares of the values are left out at each end. */
const TAIL = 0.05;
/** So many values tell well enough where the ends are. */
const MOST_RANKED = 40_000;
/** Decades between the greatest value and what symlog takes for almost zero, at most. */
const MOST_DECADES = 9;

interface Extent {
  low: number;
  high: number;
  /** The least value above zero. */
  positive: number;
  /** Whether no value is less than the one before; false if one is NaN. */
  rises: boolean;
}

const extents = new WeakMap<Float64Array, Extent>();

/** The extent of an array's finite values; arrays of curves never change, so it is looked for once. */
export function extentOf(values: Float64Array): Extent {
  const known = extents.get(values);
  if (known) return known;
  let [low, high, positive] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let rises = true;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(value >= before)) rises = false;
    before = value;
    if (value - value !== 0) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value > 0 && value < positive) positive = value;
  }
  const extent = { low, high, positive, rises };
  extents.set(values, extent);
  return extent;
}

const lowestOn = (kind: ScaleKind, extent: Extent): number => (kind === "log" ? extent.positive : extent.low);

/** From the least to the greatest x of all lines that has a place on the axis; null if there is none. */
export function xExtent(lines: readonly Line[], kind: ScaleKind = "linear"): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of lines.flatMap((line) => (line.old ? [line.x, line.old.x] : [line.x]))) {
    const extent = extentOf(x);
    low = Math.min(low, lowestOn(kind, extent));
    high = Math.max(high, extent.high);
  }
  return low <= high ? [low, high] : null;
}

/** From which to which index of rising values those from `within[0]` to `within[1]` stand; all where x goes back. */
export function indicesWithin(x: Float64Array, within: Range): [number, number] {
  const extent = extentOf(x);
  if (!extent.rises || (extent.low >= within[0] && extent.high <= within[1])) return [0, x.length];
  return [bisect(x, (value) => value >= within[0]), bisect(x, (value) => value > within[1])];
}

/** The first index of rising values for which `holds`. */
export function bisect(values: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Everything that is drawn of a line: x and y of its values, of what lies beneath, and of what a restart made void. */
const drawnOf = ({ x, y, raw, band, old }: Line): [Float64Array, Float64Array][] => [
  [x, y],
  ...(raw ? [[x, raw] as [Float64Array, Float64Array]] : []),
  ...(band
    ? ([
        [x, band.low],
        [x, band.high],
      ] as [Float64Array, Float64Array][])
    : []),
  ...(old ? [[old.x, old.y] as [Float64Array, Float64Array]] : []),
];

/** The same of all values whose x is in `within`. */
export function yExtent(lines: readonly Line[], within: Range, kind: ScaleKind = "linear"): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (const [x, values] of drawnOf(line)) {
      const across = extentOf(x);
      const isInside = across.low >= within[0] && across.high <= within[1];
      const extent = isInside ? extentOf(values) : partExtent(x, values, within, across.rises);
      low = Math.min(low, lowestOn(kind, extent));
      high = Math.max(high, extent.high);
    }
  }
  return low <= high ? [low, high] : null;
}

/** The extent of the values whose x is in `within`. */
function partExtent(x: Float64Array, values: Float64Array, within: Range, rises: boolean): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let positive = Number.POSITIVE_INFINITY;
  const [first, last] = indicesWithin(x, within);
  for (let i = first; i < last; i++) {
    const value = values[i] as number;
    if (value - value !== 0 || (!rises && !isWithin(x[i] as number, within))) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value > 0 && value < positive) positive = value;
  }
  return { low, high, positive, rises };
}

const isWithin = (value: number, [low, high]: Range): boolean => value >= low && value <= high;

/**
 * Where all but the lowest and the highest twentieth of the values in `within` are; null where that leaves nothing to
 * tell apart.
 */
export function bulkOf(lines: readonly Line[], within: Range, kind: ScaleKind): Range | null {
  const spans = lines.map((line) => indicesWithin(line.x, within));
  const total = spans.reduce((sum, [first, last]) => sum + last - first, 0);
  const stride = Math.max(1, Math.ceil(total / MOST_RANKED));
  const taken: number[] = [];
  lines.forEach((line, at) => {
    const [first, last] = spans[at] as [number, number];
    for (let i = first; i < last; i += stride) {
      const value = line.y[i] as number;
      if (hasPlace(kind, value) && isWithin(line.x[i] as number, within)) taken.push(value);
    }
  });
  const ranked = Float64Array.from(taken).sort();
  const low = ranked[Math.floor((ranked.length - 1) * TAIL)];
  const high = ranked[Math.ceil((ranked.length - 1) * (1 - TAIL))];
  return low !== undefined && high !== undefined && high > low ? [low, high] : null;
}

/** How many drawn values in `within` lie outside `range`. */
export function countOutside(lines: readonly Line[], within: Range, range: Range): number {
  let count = 0;
  for (const { x, y } of lines) {
    const [first, last] = indicesWithin(x, within);
    for (let i = first; i < last; i++) {
      const value = y[i] as number;
      if ((value < range[0] || value > range[1]) && Number.isFinite(value) && isWithin(x[i] as number, within)) count++;
    }
  }
  return count;
}

/** What symlog takes for almost zero: a power of ten below nine tenths of the values, so that these lie by their logarithm. */
export function symlogThreshold(arrays: readonly Float64Array[]): number {
  let greatest = 0;
  const sizes: number[] = [];
  const stride = Math.max(1, Math.ceil(arrays.reduce((sum, array) => sum + array.length, 0) / MOST_RANKED));
  for (const array of arrays) {
    const { low, high } = extentOf(array);
    if (low <= high) greatest = Math.max(greatest, Math.abs(low), Math.abs(high));
    for (let i = 0; i < array.length; i += stride) {
      const size = Math.abs(array[i] as number);
      if (size > 0 && Number.isFinite(size)) sizes.push(size);
    }
  }
  if (!sizes.length) return 1;
  const ranked = Float64Array.from(sizes).sort();
  const usual = ranked[Math.floor((ranked.length - 1) * 0.1)] as number;
  return 10 ** Math.max(Math.floor(Math.log10(usual)), Math.floor(Math.log10(greatest)) - MOST_DECADES, -300);
}

/** Room around the values, so that no line runs along the frame; a single value gets a range of its own size. */
export function padRange([low, high]: Range, scale: Scale): Range {
  if (scale.kind === "log") {
    const factor = low === high ? 2 : (high / low) ** PAD;
    return [low / factor, high * factor];
  }
  if (scale.kind === "symlog" && high > low) {
    const [from, to] = [scale.to(low), scale.to(high)];
    const pad = (to - from) * PAD;
    return [scale.from(from - pad), scale.from(to + pad)];
  }
  const breadth = high - low;
  const pad = breadth > 0 ? breadth * PAD : Math.abs(low) * 0.1 || 1;
  return Number.isFinite(breadth) ? [low - pad, high + pad] : [low, high];
}

/** The x range shown for data that reach over `extent`: a single x stands in the middle. */
export function widenX([low, high]: Range, whole: boolean): Range {
  if (high > low) return [low, high];
  const pad = whole ? 1 : Math.abs(low) * 1e-6 || 1;
  return [low - pad, high + pad];
}

/** `range` with the ends that are set, where they have a place and leave something between them. */
export function applyBounds(range: Range, [least, most]: Bounds, scale: Scale): Range {
  const low = least !== null && hasPlace(scale.kind, least) ? least : null;
  const high = most !== null && hasPlace(scale.kind, most) ? most : null;
  if (low !== null && high !== null) return high > low ? [low, high] : range;
  if (low !== null) return [low, range[1] > low ? range[1] : padRange([low, low], scale)[1]];
  if (high !== null) return [range[0] < high ? range[0] : padRange([high, high], scale)[0], high];
  return range;
}
