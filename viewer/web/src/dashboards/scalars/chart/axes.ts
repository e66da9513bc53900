/** The axes of a scalar chart, as uPlot wants them told. */

import type uPlot from "uplot";
import type { ChartAxis } from "../../../api/client";
import { cssColor } from "../../../draw/colors";
import { clockTicks, durationStep, linearTicks, logTicks, multiples, symlogTicks } from "../../../draw/ticks";
import { formatTicks } from "../../../format/numbers";
import { formatClockTick, formatDuration, formatDurationTick } from "../../../format/time";
import type { Range } from "./extent";
import type { Scale } from "./scale";

const FONT = "11px system-ui, -apple-system, 'Segoe UI', sans-serif";
const X_TICK_SPACE = 56;
const Y_TICK_SPACE = 30;
export const Y_AXIS_WIDTH = 56;
export const X_AXIS_HEIGHT = 28;

/** From here on uPlot looks for no decimals. */
const UPLOT_WHOLE = 5;

function look(size: number): uPlot.Axis {
  return {
    size,
    font: FONT,
    gap: 6,
    stroke: () => cssColor("--axis-text"),
    grid: { stroke: () => cssColor("--grid"), width: 1 },
    // uPlot leaves an axis out where it finds no tick distance in a list that ends at 1e±32; ours do not come from there.
    incrs: (_self, _index, low, high) => [Math.max(UPLOT_WHOLE, high - low)],
    ticks: { show: false },
    border: { show: false },
  };
}

const gapOf = (splits: readonly number[]): number =>
  splits.length > 1 ? (splits[1] as number) - (splits[0] as number) : (splits[0] ?? 1);

export interface Ticks {
  splits: number[];
  labels: string[];
}

/** Where the x axis has ticks and what they say, with room for `count` of them. */
export function xTicks(axis: ChartAxis, scale: Scale, [low, high]: Range, count: number): Ticks {
  if (scale.kind !== "linear" && axis !== "wall") {
    const splits = curvedTicks(scale, low, high, count, axis === "step");
    if (axis !== "relative") return { splits, labels: labelCurved(splits) };
    return {
      splits,
      labels: splits.map((split) => (split === 0 ? "0" : formatDuration(split).replaceAll(" ", ""))),
    };
  }
  const ticks = {
    step: (): number[] => linearTicks(low, high, count, true),
    relative: (): number[] => multiples(low, high, durationStep((high - low) / count)),
    wall: (): number[] => clockTicks(low, high, count),
    tag: (): number[] => linearTicks(low, high, count),
  }[axis];
  const splits = ticks();
  const gap = gapOf(splits);
  const label = {
    step: (): string[] => formatTicks(splits),
    tag: (): string[] => formatTicks(splits),
    relative: (): string[] => splits.map((split) => formatDurationTick(split, gap)),
    wall: (): string[] => splits.map((split) => formatClockTick(split, gap)),
  }[axis];
  return { splits, labels: label() };
}

/** The same of the y axis. */
export function yTicks(scale: Scale, [low, high]: Range, count: number): Ticks {
  if (scale.kind === "linear") {
    const splits = linearTicks(low, high, count);
    return { splits, labels: formatTicks(splits) };
  }
  const splits = curvedTicks(scale, low, high, count, false);
  return { splits, labels: labelCurved(splits) };
}

const curvedTicks = (scale: Scale, low: number, high: number, count: number, whole: boolean): number[] =>
  scale.kind === "log"
    ? logTicks(low, high, count).filter((tick) => !whole || Number.isInteger(tick))
    : symlogTicks(low, high, count, scale.threshold, scale.to, whole);

/** Room for so many ticks on a plot of so many CSS pixels. */
export const xRoom = (width: number): number => Math.max(2, Math.floor(width / X_TICK_SPACE));
export const yRoom = (height: number): number => Math.max(2, Math.floor(height / Y_TICK_SPACE));

export function xAxis(axis: ChartAxis, scale: Scale): uPlot.Axis {
  const of = (self: uPlot): Ticks => {
    const { min = 0, max = 1 } = self.scales.x ?? {};
    return xTicks(axis, scale, [min, max], xRoom(self.bbox.width / devicePixelRatio));
  };
  return { ...look(X_AXIS_HEIGHT), splits: (self) => of(self).splits, values: (self) => of(self).labels };
}

export function yAxis(scale: Scale): uPlot.Axis {
  const of = (self: uPlot): Ticks => {
    const { min = 0, max = 1 } = self.scales.y ?? {};
    return yTicks(scale, [min, max], yRoom(self.bbox.height / devicePixelRatio));
  };
  // uPlot hides most labels of a logarithmic axis by itself; the ticks above are few already.
  const filter = (_self: uPlot, splits: number[]): number[] => splits;
  return { ...look(Y_AXIS_WIDTH), splits: (self) => of(self).splits, values: (self) => of(self).labels, filter };
}

/** Powers where the ticks reach over decades, otherwise evenly written numbers. */
const labelCurved = (splits: readonly number[]): string[] =>
  spansDecade(splits.filter((split) => split !== 0).map(Math.abs)) ? splits.map(formatPower) : formatTicks(splits);

const spansDecade = (sizes: readonly number[]): boolean =>
  sizes.length > 1 && Math.max(...sizes) / Math.min(...sizes) >= 10;

/** A tick of a logarithmic axis: written out near 1, as a power beyond. */
export function formatPower(value: number): string {
  const size = Math.abs(value);
  const text =
    value === 0 || (size >= 1e-3 && size < 1e5)
      ? String(Number(value.toPrecision(3)))
      : value.toExponential(Number(value.toPrecision(2)) === Number(value.toPrecision(1)) ? 0 : 1);
  return text.replace("e+", "e").replaceAll("-", "−");
}
