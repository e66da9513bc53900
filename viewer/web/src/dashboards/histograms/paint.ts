/** Histograms that stand behind or over each other. Knows no framework. */

import type { XAxis } from "../../api/client";
import type { Drawing } from "../../draw/canvas_view";
import { mix } from "../../draw/colors";
import { type AxisColors, drawBottomAxis, place, progress, roomFor, type Scale, valueTicks } from "../../draw/frame";
import type { Pen } from "../../draw/pen";
import { linearTicks } from "../../draw/ticks";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import type { Size } from "../../ui/use";
import { type Bin, binOf, type HistogramData, heightOf } from "./data";
import { type Layout, layOut, outline, type Ridge, type Spot, spotAt } from "./layout";

export interface Colors extends AxisColors {
  /** The run's, `#rrggbb`. */
  run: string;
}

/** A bin that is pointed at, with its place. */
export interface BinSpot<Place = Spot> {
  place: Place;
  bin: Bin;
}

const LABEL_SPACE = 26;
const TICK_SPACE = 64;
const COUNT_SPACE = 40;

export class RidgesDrawing implements Drawing<BinSpot> {
  readonly layout: Layout;

  constructor(
    private readonly data: HistogramData,
    mode: "offset" | "overlay",
    private readonly axis: XAxis,
    size: Size,
    private readonly colors: Colors,
    log: boolean,
  ) {
    this.layout = layOut(data, mode, axis, size, log);
  }

  paint(pen: Pen): void {
    const { layout, colors } = this;
    drawValueAxis(pen, layout, colors);
    if (layout.mode === "offset") {
      this.paintProgress(pen);
      for (const ridge of layout.ridges) this.paintRidge(pen, ridge);
    } else {
      drawCountAxis(pen, layout, layout.highest, layout.log, colors);
      for (const ridge of layout.ridges) this.paintCurve(pen, ridge);
    }
  }

  spotAt(x: number, y: number): BinSpot | null {
    const spot = spotAt(this.data, this.layout, x, y);
    return spot && { place: spot, bin: binOf(this.data, spot.ridge.index, spot.bin) };
  }

  mark(pen: Pen, { place: spot }: BinSpot): void {
    const { layout, colors } = this;
    pen.line(spot.x, layout.top, spot.x, layout.bottom, { color: colors.grid, width: 1 });
    pen.path(outline(this.data, layout, spot.ridge), { stroke: { color: colors.strong, width: 2 } });
    pen.circle(spot.x, spot.y, 4, { fill: colors.run, stroke: { color: colors.background, width: 1.5 } });
  }

  private paintRidge(pen: Pen, ridge: Ridge): void {
    const { colors } = this;
    const points = outline(this.data, this.layout, ridge);
    const area = [...points, points.at(-2) ?? 0, ridge.baseline, points[0] ?? 0, ridge.baseline];
    // Opaque, so that a ridge hides what stands behind it; older ones fade into the background.
    pen.path(area, { fill: mix(colors.run, colors.background, 0.2 + 0.6 * ridge.age ** 1.5), closed: true });
    if (ridge.age === 1) {
      pen.path(points, { stroke: { color: colors.run, width: 1.75 } });
      return;
    }
    for (const part of rising(points, ridge.baseline)) {
      pen.path(part, { stroke: { color: colors.background, width: 0.75 } });
    }
  }

  private paintCurve(pen: Pen, ridge: Ridge): void {
    const newest = ridge.age === 1;
    const opacity = newest ? 1 : 0.12 + 0.5 * ridge.age ** 2;
    const stroke = { color: this.colors.run, width: newest ? 2.25 : 1.25, opacity };
    pen.path(outline(this.data, this.layout, ridge), { stroke });
  }

  /** The newest and as many others as have room get a label at their baselines. */
  private paintProgress(pen: Pen): void {
    const { layout, colors, axis } = this;
    const at = progress(axis, this.data.steps, this.data.wallTimes);
    let last = Number.POSITIVE_INFINITY;
    for (const ridge of [...layout.ridges].reverse()) {
      if (last - ridge.baseline < LABEL_SPACE) continue;
      last = ridge.baseline;
      pen.line(layout.left, last, layout.right + 4, last, { color: colors.grid, width: 1 });
      pen.text(layout.right + 8, last, progressLabel(at[ridge.index] ?? 0, axis), { color: colors.text });
    }
  }
}

/** Only where the outline leaves its baseline: flat lines beside the peaks would cut the grid and say nothing. */
function rising(points: readonly number[], baseline: number): number[][] {
  const parts: number[][] = [];
  let part: number[] | null = null;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const rises = Math.min(points[i + 1] as number, points[i + 3] as number) < baseline - 0.25;
    if (rises && !part) {
      part = [points[i] as number, points[i + 1] as number];
      parts.push(part);
    }
    if (rises) part?.push(points[i + 2] as number, points[i + 3] as number);
    else part = null;
  }
  return parts;
}

interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  low: number;
  high: number;
}

export function drawValueAxis(pen: Pen, plot: Plot, colors: AxisColors): void {
  const { low, high, left, right } = plot;
  const scale: Scale = { low, high, from: left, to: right };
  drawBottomAxis(pen, plot, scale, valueTicks(low, high, roomFor(left, right, TICK_SPACE)), colors);
}

export function drawCountAxis(pen: Pen, plot: Plot, highest: number, log: boolean, colors: AxisColors): void {
  const scale: Scale = { low: 0, high: heightOf(highest, log) || 1, from: plot.bottom, to: plot.top };
  const room = roomFor(plot.top, plot.bottom, COUNT_SPACE);
  for (const tick of log ? powers(highest) : linearTicks(0, highest, room)) {
    const y = place(scale, heightOf(tick, log));
    pen.line(plot.left, y, plot.right, y, { color: colors.grid, width: 1 });
    const label = tick >= 1e5 ? formatValue(tick) : formatCount(tick);
    pen.text(plot.left - 6, y, label, { color: colors.text, anchor: "end" });
  }
}

/** 0, 1, 10, 100, … */
function powers(highest: number): number[] {
  const ticks = [0];
  for (let tick = 1; tick <= highest * (1 + 1e-9) && ticks.length < 20; tick *= 10) ticks.push(tick);
  return ticks;
}

function progressLabel(value: number, axis: XAxis): string {
  if (axis === "step") return value >= 1e6 ? formatValue(value) : formatCount(value);
  if (axis === "relative") return formatDuration(value);
  return formatWallTime(value).slice(-8, -3);
}
