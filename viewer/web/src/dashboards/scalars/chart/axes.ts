/** The axes of a scalar chart, as uPlot wants them told. */

import type uPlot from "uplot";
import type { ChartAxis } from "../../../api/client";
import { cssColor } from "../../../draw/colors";
import { clockTicks, durationStep, linearTicks, logTicks, multiples } from "../../../draw/ticks";
import { formatTicks } from "../../../format/numbers";
import { formatClockTick, formatDurationTick } from "../../../format/time";

const FONT = "11px system-ui, -apple-system, 'Segoe UI', sans-serif";
const X_TICK_SPACE = 56;
const Y_TICK_SPACE = 30;
export const Y_AXIS_WIDTH = 56;
export const X_AXIS_HEIGHT = 28;

/** From here on uPlot looks for no decimals. */
const UPLOT_WHOLE = 5;

const room = (self: uPlot, side: "width" | "height", space: number): number =>
  Math.max(2, Math.floor(self.bbox[side] / devicePixelRatio / space));

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

export function xAxis(axis: ChartAxis): uPlot.Axis {
  const ticks = {
    step: (low: number, high: number, count: number) => linearTicks(low, high, count, true),
    relative: (low: number, high: number, count: number) => multiples(low, high, durationStep((high - low) / count)),
    wall: clockTicks,
    tag: linearTicks,
  }[axis];
  const label = {
    step: formatTicks,
    tag: formatTicks,
    relative: (splits: number[]) => splits.map((split) => formatDurationTick(split, gapOf(splits))),
    wall: (splits: number[]) => splits.map((split) => formatClockTick(split, gapOf(splits))),
  }[axis];
  return {
    ...look(X_AXIS_HEIGHT),
    splits: (self, _index, low, high) => ticks(low, high, room(self, "width", X_TICK_SPACE)),
    values: (_self, splits) => label(splits),
  };
}

export function yAxis(log: boolean): uPlot.Axis {
  const base = look(Y_AXIS_WIDTH);
  return {
    ...base,
    splits: (self, _index, low, high) => (log ? logTicks : linearTicks)(low, high, room(self, "height", Y_TICK_SPACE)),
    values: (_self, splits) => (log && spansDecade(splits) ? splits.map(formatPower) : formatTicks(splits)),
    // uPlot hides most labels of a logarithmic axis by itself; the ticks above are few already.
    filter: (_self, splits) => splits,
  };
}

const spansDecade = (splits: readonly number[]): boolean =>
  splits.length > 1 && (splits.at(-1) ?? 1) / (splits[0] ?? 1) >= 10;

/** A tick of a logarithmic axis: written out near 1, as a power beyond. */
function formatPower(value: number): string {
  if (value >= 1e-3 && value < 1e5) return String(Number(value.toPrecision(3)));
  return value.toExponential(0).replace("e+", "e").replace("-", "−");
}
