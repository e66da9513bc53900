/** Drawing of ridges and overlays on a canvas. Knows no framework. */

import type { XAxis } from "../../api/client";
import type { Surface } from "../../draw/canvas";
import { mix, withAlpha } from "../../draw/colors";
import { linearTicks } from "../../draw/ticks";
import { formatCount, formatTicks, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { type HistogramData, type Layout, outline, positions, type Ridge, type Spot, xOf } from "./layout";

export interface Colors {
  /** The run's, `#rrggbb`. */
  run: string;
  /** The card's background, `#rrggbb`. */
  background: string;
  text: string;
  grid: string;
  strong: string;
}

const FONT = "11px system-ui, -apple-system, 'Segoe UI', sans-serif";
const LABEL_SPACE = 26;
const TICK_SPACE = 64;

export function paintHistograms(
  surface: Surface,
  data: HistogramData,
  layout: Layout,
  axis: XAxis,
  colors: Colors,
): void {
  const { context } = surface;
  context.font = FONT;
  paintValueAxis(context, layout, colors);
  if (layout.mode === "offset") {
    paintProgressAxis(context, data, layout, axis, colors);
    for (const ridge of layout.ridges) paintRidge(context, data, layout, ridge, colors);
  } else {
    paintCountAxis(context, layout, colors);
    for (const ridge of layout.ridges) paintCurve(context, data, layout, ridge, colors);
  }
}

/** Mark the bin that is pointed at, and its ridge. */
export function paintSpot(surface: Surface, data: HistogramData, layout: Layout, spot: Spot, colors: Colors): void {
  const { context } = surface;
  context.beginPath();
  context.moveTo(spot.x, layout.top);
  context.lineTo(spot.x, layout.bottom);
  context.strokeStyle = colors.grid;
  context.lineWidth = 1;
  context.stroke();
  trace(context, outline(data, layout, spot.ridge));
  context.strokeStyle = colors.strong;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.stroke();
  context.beginPath();
  context.arc(spot.x, spot.y, 4, 0, 2 * Math.PI);
  context.fillStyle = colors.run;
  context.fill();
  context.strokeStyle = colors.background;
  context.lineWidth = 1.5;
  context.stroke();
}

function paintRidge(
  context: CanvasRenderingContext2D,
  data: HistogramData,
  layout: Layout,
  ridge: Ridge,
  colors: Colors,
): void {
  const points = outline(data, layout, ridge);
  trace(context, points);
  context.lineTo(points.at(-2) ?? 0, ridge.baseline);
  context.lineTo(points[0] ?? 0, ridge.baseline);
  context.closePath();
  // Opaque, so that a ridge hides what stands behind it; older ones fade into the background.
  context.fillStyle = mix(colors.run, colors.background, 0.2 + 0.6 * ridge.age ** 1.5);
  context.fill();
  const newest = ridge.age === 1;
  if (newest) trace(context, points);
  else traceAbove(context, points, ridge.baseline);
  context.strokeStyle = newest ? colors.run : colors.background;
  context.lineWidth = newest ? 1.75 : 0.75;
  context.lineJoin = "round";
  context.stroke();
}

/** Only where the outline leaves its baseline: flat lines beside the peaks would cut the grid and say nothing. */
function traceAbove(context: CanvasRenderingContext2D, points: readonly number[], baseline: number): void {
  context.beginPath();
  let drawing = false;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const rises = Math.min(points[i + 1] as number, points[i + 3] as number) < baseline - 0.25;
    if (rises && !drawing) context.moveTo(points[i] as number, points[i + 1] as number);
    if (rises) context.lineTo(points[i + 2] as number, points[i + 3] as number);
    drawing = rises;
  }
}

function paintCurve(
  context: CanvasRenderingContext2D,
  data: HistogramData,
  layout: Layout,
  ridge: Ridge,
  colors: Colors,
): void {
  trace(context, outline(data, layout, ridge));
  const newest = ridge.age === 1;
  context.strokeStyle = withAlpha(colors.run, newest ? 1 : 0.12 + 0.5 * ridge.age ** 2);
  context.lineWidth = newest ? 2.25 : 1.25;
  context.lineJoin = "round";
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    if (i === 0) context.moveTo(points[0] as number, points[1] as number);
    else context.lineTo(points[i] as number, points[i + 1] as number);
  }
}

function paintValueAxis(context: CanvasRenderingContext2D, layout: Layout, colors: Colors): void {
  const count = Math.max(2, Math.floor((layout.right - layout.left) / TICK_SPACE));
  const ticks = linearTicks(layout.low, layout.high, count);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  formatTicks(ticks).forEach((label, i) => {
    const x = xOf(layout, ticks[i] as number);
    line(context, x, layout.top, x, layout.bottom, colors.grid);
    context.fillStyle = colors.text;
    context.fillText(label, x, layout.bottom + 18);
  });
}

function paintCountAxis(context: CanvasRenderingContext2D, layout: Layout, colors: Colors): void {
  const height = layout.bottom - layout.top;
  const ticks = linearTicks(0, layout.highest, Math.max(2, Math.floor(height / 40)));
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks) {
    const y = layout.bottom - tick * layout.countScale;
    line(context, layout.left, y, layout.right, y, colors.grid);
    context.fillStyle = colors.text;
    context.fillText(tick >= 1e5 ? formatValue(tick) : formatCount(tick), layout.left - 6, y);
  }
}

/** The newest and as many others as have room get a label at their baselines. */
function paintProgressAxis(
  context: CanvasRenderingContext2D,
  data: HistogramData,
  layout: Layout,
  axis: XAxis,
  colors: Colors,
): void {
  const at = positions(data, axis);
  context.textAlign = "left";
  context.textBaseline = "middle";
  let last = Number.POSITIVE_INFINITY;
  for (const ridge of [...layout.ridges].reverse()) {
    if (last - ridge.baseline < LABEL_SPACE) continue;
    last = ridge.baseline;
    line(context, layout.left, ridge.baseline, layout.right + 4, ridge.baseline, colors.grid);
    context.fillStyle = colors.text;
    context.fillText(progressLabel(at[ridge.index] ?? 0, axis), layout.right + 8, ridge.baseline);
  }
}

function progressLabel(value: number, axis: XAxis): string {
  if (axis === "step") return value >= 1e6 ? formatValue(value) : formatCount(value);
  if (axis === "relative") return formatDuration(value);
  return formatWallTime(value).slice(-8, -3);
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number, color: string): void {
  context.beginPath();
  context.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
  context.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke();
}
