/** The frame of a chart that is drawn by hand: where its plot lies, its axes with ticks and labels. */

import { formatTicks } from "../format/numbers";
import { formatClockTick, formatDurationTick } from "../format/time";
import { cssColor } from "./colors";
import type { Pen } from "./pen";
import { clockTicks, durationStep, linearTicks, multiples } from "./ticks";

/** The plot, in CSS pixels of its host. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** From values to pixels along one axis. */
export interface Scale {
  low: number;
  high: number;
  /** Pixels of `low` and of `high`. */
  from: number;
  to: number;
}

export const place = ({ low, high, from, to }: Scale, value: number): number =>
  from + ((value - low) / (high - low)) * (to - from);

export const valueAt = ({ low, high, from, to }: Scale, pixel: number): number =>
  low + ((pixel - from) / (to - from)) * (high - low);

/** Colours of axes; strokes and fills are the drawing's own. */
export interface AxisColors {
  text: string;
  grid: string;
  strong: string;
  background: string;
}

export const axisColors = (): AxisColors => ({
  text: cssColor("--axis-text"),
  grid: cssColor("--grid"),
  strong: cssColor("--text"),
  background: cssColor("--surface"),
});

export interface Ticks {
  at: number[];
  labels: string[];
}

export type ProgressAxis = "step" | "relative" | "wall";

/** Ticks of steps, of seconds since a run's start, or of the clock. */
export function progressTicks(axis: ProgressAxis, low: number, high: number, count: number): Ticks {
  if (axis === "step") {
    const at = linearTicks(low, high, count, true);
    return { at, labels: formatTicks(at) };
  }
  const at = axis === "wall" ? clockTicks(low, high, count) : multiples(low, high, durationStep((high - low) / count));
  const gap = at.length > 1 ? (at[1] as number) - (at[0] as number) : high - low;
  const label = axis === "wall" ? formatClockTick : formatDurationTick;
  return { at, labels: at.map((tick) => label(tick, gap)) };
}

export function valueTicks(low: number, high: number, count: number): Ticks {
  const at = linearTicks(low, high, count);
  return { at, labels: formatTicks(at) };
}

/** How many labels have room between two pixels. */
export const roomFor = (from: number, to: number, space: number): number =>
  Math.max(2, Math.floor(Math.abs(to - from) / space));

/** Upright grid lines with their labels below. */
export function drawBottomAxis(pen: Pen, frame: Frame, scale: Scale, ticks: Ticks, colors: AxisColors): void {
  ticks.at.forEach((tick, i) => {
    const x = place(scale, tick);
    pen.line(x, frame.top, x, frame.bottom, { color: colors.grid, width: 1 });
    pen.text(x, frame.bottom + 14, ticks.labels[i] ?? "", { color: colors.text, anchor: "middle" });
  });
}

/** Level grid lines with their labels on the left. */
export function drawLeftAxis(pen: Pen, frame: Frame, scale: Scale, ticks: Ticks, colors: AxisColors): void {
  ticks.at.forEach((tick, i) => {
    const y = place(scale, tick);
    pen.line(frame.left, y, frame.right, y, { color: colors.grid, width: 1 });
    pen.text(frame.left - 6, y, ticks.labels[i] ?? "", { color: colors.text, anchor: "end" });
  });
}

/** Where each step stands on the axis of progress. */
export function progress(
  axis: ProgressAxis,
  steps: readonly number[],
  wallTimes: Float64Array,
  start = wallTimes[0] ?? 0,
): Float64Array {
  if (axis === "step") return Float64Array.from(steps);
  return axis === "wall" ? wallTimes : wallTimes.map((time) => time - start);
}

/** The least and the greatest finite value; null if there is none. */
export function extent(...rows: readonly ArrayLike<number>[]): [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      const value = row[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** A range that has a breadth: a single value stands in the middle. */
export function widened([low, high]: readonly [number, number]): [number, number] {
  if (high > low) return [low, high];
  const pad = Math.abs(low) * 0.1 || 1;
  return [low - pad, high + pad];
}
