/** Where ridges, bins and labels of a histogram card lie. Pure geometry in CSS pixels. */

import type { XAxis } from "../../api/client";
import { type Histograms, toNumber } from "../../api/types";
import type { Mode } from "./settings";

export interface HistogramData {
  edges: Float64Array;
  steps: readonly number[];
  wallTimes: Float64Array;
  /** One row a step. */
  counts: readonly Float64Array[];
  totals: Float64Array;
  totalSteps: number;
}

export interface Ridge {
  /** Index of the step. */
  index: number;
  /** Height of a count of zero. */
  baseline: number;
  /** 0 for the oldest, 1 for the newest. */
  age: number;
}

export interface Layout {
  mode: Mode;
  left: number;
  right: number;
  top: number;
  bottom: number;
  low: number;
  high: number;
  /** Pixels of one count. */
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

const floats = (values: readonly (number | string | null)[]): Float64Array =>
  Float64Array.from(values, (value) => toNumber(value as number));

export function readHistograms(answer: Histograms): HistogramData {
  return {
    edges: floats(answer.edges),
    steps: answer.steps,
    wallTimes: floats(answer.wall_times),
    counts: answer.counts.map(floats),
    totals: floats(answer.totals),
    totalSteps: answer.total_steps,
  };
}

/** Where each step stands on the axis of progress. */
export function positions(data: HistogramData, axis: XAxis): Float64Array {
  if (axis === "step") return Float64Array.from(data.steps);
  if (axis === "wall") return data.wallTimes;
  const first = data.wallTimes[0] ?? 0;
  return data.wallTimes.map((time) => time - first);
}

export function layOut(data: HistogramData, mode: Mode, axis: XAxis, size: { width: number; height: number }): Layout {
  const offset = mode === "offset";
  const left = offset ? MARGIN.left : OVERLAY_LEFT;
  const right = size.width - (offset ? MARGIN.right : OVERLAY_RIGHT);
  const { top } = MARGIN;
  const bottom = size.height - MARGIN.bottom;
  const highest = greatest(data.counts);
  const ridgeHeight = offset ? (data.steps.length > 1 ? (bottom - top) * RIDGE_SHARE : bottom - top) : bottom - top;
  const [low, high] = spread(data.edges);
  return {
    ...{ mode, left, right, top, bottom, low, high, highest },
    countScale: highest > 0 ? ridgeHeight / highest : 0,
    ridges: offset ? standing(positions(data, axis), top + ridgeHeight, bottom) : onOneLine(data.steps.length, bottom),
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

function spread(edges: Float64Array): [number, number] {
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

export const xOf = (layout: Layout, value: number): number =>
  layout.left + ((value - layout.low) / (layout.high - layout.low)) * (layout.right - layout.left);

/** The top of a bin of a ridge. */
export const yOf = (layout: Layout, ridge: Ridge, count: number): number =>
  ridge.baseline - (Number.isFinite(count) ? count * layout.countScale : 0);

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

function binAt(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= (edges[bin + 1] ?? Number.POSITIVE_INFINITY)) bin += 1;
  return bin;
}
