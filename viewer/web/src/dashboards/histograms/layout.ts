/** Where ridges, bins and labels of histograms lie that stand behind or over each other. Pure geometry in CSS pixels. */

import type { XAxis } from "../../api/client";
import { progress } from "../../draw/frame";
import { binAt, type HistogramData, heightOf, spread } from "./data";

export interface Ridge {
  /** Index of the step. */
  index: number;
  /** Height of a count of zero. */
  baseline: number;
  /** 0 for the oldest, 1 for the newest. */
  age: number;
}

export interface Layout {
  mode: "offset" | "overlay";
  log: boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
  low: number;
  high: number;
  /** Pixels of one count, or of one unit of its logarithm. */
  countScale: number;
  highest: number;
  /** Oldest first: in this order they are painted. */
  ridges: readonly Ridge[];
}

export interface Spot {
  ridge: Ridge;
  bin: number;
  x: number;
  y: number;
}

const MARGIN = { left: 12, right: 56, top: 8, bottom: 28 };
const OVERLAY_LEFT = 52;
const OVERLAY_RIGHT = 16;
/** Share of the height that the highest bin takes above its baseline in offset mode. */
const RIDGE_SHARE = 0.42;

export function layOut(
  data: HistogramData,
  mode: "offset" | "overlay",
  axis: XAxis,
  size: { width: number; height: number },
  log = false,
): Layout {
  const offset = mode === "offset";
  const left = offset ? MARGIN.left : OVERLAY_LEFT;
  const right = size.width - (offset ? MARGIN.right : OVERLAY_RIGHT);
  const { top } = MARGIN;
  const bottom = size.height - MARGIN.bottom;
  const highest = greatest(data.counts);
  const ridgeHeight = offset ? (data.steps.length > 1 ? (bottom - top) * RIDGE_SHARE : bottom - top) : bottom - top;
  const [low, high] = spread(data.edges);
  const at = progress(axis, data.steps, data.wallTimes);
  return {
    ...{ mode, log, left, right, top, bottom, low, high, highest },
    countScale: highest > 0 ? ridgeHeight / heightOf(highest, log) : 0,
    ridges: offset ? standing(at, top + ridgeHeight, bottom) : onOneLine(data.steps.length, bottom),
  };
}

/** Baselines between `first` (oldest) and `last` (newest), as far apart as the steps are. */
function standing(at: Float64Array, first: number, last: number): Ridge[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of at) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const breadth = most - least;
  return Array.from(at, (value, index) => ({
    index,
    baseline: breadth > 0 ? first + ((value - least) / breadth) * (last - first) : last,
    age: ageOf(index, at.length),
  })).sort((a, b) => a.baseline - b.baseline || a.index - b.index);
}

const onOneLine = (count: number, bottom: number): Ridge[] =>
  Array.from({ length: count }, (_, index) => ({ index, baseline: bottom, age: ageOf(index, count) }));

const ageOf = (index: number, count: number): number => (count > 1 ? index / (count - 1) : 1);

function greatest(rows: readonly Float64Array[]): number {
  let most = 0;
  for (const row of rows) for (const count of row) if (count > most && Number.isFinite(count)) most = count;
  return most;
}

export const xOf = (layout: Layout, value: number): number =>
  layout.left + ((value - layout.low) / (layout.high - layout.low)) * (layout.right - layout.left);

/** The top of a bin of a ridge. */
export const yOf = (layout: Layout, ridge: Ridge, count: number): number =>
  ridge.baseline - heightOf(count, layout.log) * layout.countScale;

/** The outline of a ridge: from edge to edge through the middle of each bin, as x, y, x, y, … */
export function outline(data: HistogramData, layout: Layout, ridge: Ridge): number[] {
  const row = data.counts[ridge.index] ?? new Float64Array();
  const points = [xOf(layout, data.edges[0] ?? 0), yOf(layout, ridge, row[0] ?? 0)];
  for (let bin = 0; bin < row.length; bin++) {
    const middle = ((data.edges[bin] ?? 0) + (data.edges[bin + 1] ?? 0)) / 2;
    points.push(xOf(layout, middle), yOf(layout, ridge, row[bin] ?? 0));
  }
  points.push(xOf(layout, data.edges.at(-1) ?? 1), yOf(layout, ridge, row.at(-1) ?? 0));
  return points;
}

/** The bin and the ridge that the pointer means: of ridges one over the other, the one that is in front. */
export function spotAt(data: HistogramData, layout: Layout, x: number, y: number): Spot | null {
  const bins = data.edges.length - 1;
  if (bins < 1 || x < layout.left || x > layout.right) return null;
  const value = layout.low + ((x - layout.left) / (layout.right - layout.left)) * (layout.high - layout.low);
  const bin = binAt(data.edges, value);
  const middle = xOf(layout, ((data.edges[bin] ?? 0) + (data.edges[bin + 1] ?? 0)) / 2);
  let best: Spot | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const ridge of layout.ridges) {
    const at = yOf(layout, ridge, data.counts[ridge.index]?.[bin] ?? 0);
    const inside = layout.mode === "offset" && y >= at && y <= ridge.baseline;
    const distance = inside ? 0 : Math.abs(y - at);
    if (distance <= least) {
      least = distance;
      best = { ridge, bin, x: middle, y: at };
    }
  }
  return best;
}
