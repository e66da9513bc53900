/** How far the axes of a chart reach. */

import type { Line } from "./line";

export type Range = readonly [number, number];

const PAD = 0.06;

/** From the least to the greatest x of all lines; null if there is none. */
export function xExtent(lines: readonly Line[]): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of lines) {
    for (const value of x) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** The same of all finite values whose x is in `within`; on a logarithmic axis only of positive ones. */
export function yExtent(lines: readonly Line[], within: Range, log: boolean): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const least = log ? Number.MIN_VALUE : Number.NEGATIVE_INFINITY;
  for (const { x, y, raw, band } of lines) {
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number;
      if (at < within[0] || at > within[1]) continue;
      for (const value of [y[i], raw?.[i], band?.low[i], band?.high[i]] as number[]) {
        if (!Number.isFinite(value) || value < least) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low <= high ? [low, high] : null;
}

/** Room around the values, so that no line runs along the frame; a single value gets a range of its own size. */
export function padRange([low, high]: Range, log: boolean): Range {
  if (log) {
    const factor = low === high ? 2 : (high / low) ** PAD;
    return [low / factor, high * factor];
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
