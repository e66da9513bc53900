/** Drawing of lines on a canvas. Knows no framework and no chart library. */

import { toHex } from "../../../draw/colors";
import { bisect, extentOf } from "./extent";
import type { Line } from "./line";
import { Raster } from "./raster";
import { hasPlace } from "./scale";
import type { Transform } from "./transform";

export interface Pen {
  context: CanvasRenderingContext2D;
  transform: Transform;
  /** Canvas pixels a CSS pixel. */
  ratio: number;
}

export interface Painted {
  /** Points that have a place on the canvas. */
  points: number;
  /** Points that are NaN or infinite. */
  marks: number;
  /** Points without a place on a logarithmic axis. */
  masked: number;
}

/** Beyond so many points lines are drawn pixel by pixel. */
const MOST_STROKED = 6000;
/** Among more lines than this none is looked at closely. */
const MANY_LINES = 100;
/** One line that is drawn again and again, as the pointer moves, is stroked if it has no more points than this. */
const MOST_STROKED_BOLD = 300;

const WIDTH = 1.5;
const BOLD = 2.5;
const DOT = 2.5;
const FAINT = 0.28;
const MARK = 4;
/** Marks of one line stand at least so far apart: a long stretch of NaN must not hide the other lines. */
const MARK_SPACING = 18;

/** How many points the lines have. */
export const pointsOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { x, raw }) => sum + x.length * (raw ? 2 : 1), 0);

/** Draw all lines, in the way that is fast for so many points. */
export function paintLines(pen: Pen, lines: readonly Line[], points = pointsOf(lines), among = lines.length): void {
  if (points <= MOST_STROKED) {
    for (const line of lines) paintLine(pen, line);
    return;
  }
  const { raster, context: scratch } = scratchFor(pen.context.canvas);
  raster.clear();
  const inBars = among > MANY_LINES;
  for (const line of lines) {
    if (line.raw) rasterLine(pen, raster, line, line.raw, WIDTH, { alpha: FAINT, dash: [], inBars });
    rasterLine(pen, raster, line, line.y, WIDTH, { inBars });
  }
  raster.copyTo(scratch);
  pen.context.drawImage(scratch.canvas, 0, 0);
  for (const line of lines) {
    pen.context.fillStyle = line.color;
    pen.context.strokeStyle = line.color;
    paintDots(pen.context, lonePoints(pen, line), DOT * pen.ratio);
    if (!allFinite(line.curve.value)) paintMarks(pen, line);
  }
}

/** How many points of a line have a place on the axes, how many are marked, how many are neither. */
export function countPlaces(line: Line, transform: Transform): Painted {
  const [xKind, yKind] = [transform.xScale.kind, transform.yScale.kind];
  const key = `${xKind} ${yKind}`;
  const known = places.get(line.y);
  if (known?.key === key && known.x === line.x) return known.painted;
  const { value, unplaced } = line.curve;
  const painted = { points: 0, marks: 0, masked: unplaced };
  for (let i = 0; i < line.x.length; i++) {
    const y = line.y[i] as number;
    // What has no place on the x axis is not even sent: the viewer says how many there are.
    if (!hasPlace(xKind, line.x[i] as number)) continue;
    if (hasPlace(yKind, y)) painted.points += 1;
    else if (Number.isFinite(y)) painted.masked += 1;
    if (!Number.isFinite(value[i])) painted.marks += 1;
  }
  places.set(line.y, { key, x: line.x, painted });
  return painted;
}

const places = new WeakMap<Float64Array, { key: string; x: Float64Array; painted: Painted }>();
const finite = new WeakMap<Float64Array, boolean>();

/** Whether there is neither NaN nor infinity among the values. */
function allFinite(values: Float64Array): boolean {
  let known = finite.get(values);
  if (known === undefined) {
    known = values.every(Number.isFinite);
    finite.set(values, known);
  }
  return known;
}

let acrossPlaces = new Float32Array(0);
let upPlaces = new Float32Array(0);

/**
 * Where the points of a line are, in pixels, in two arrays that are used again for the next line; gives how many. Of a
 * line that leaves the canvas only as much as is needed to see it leave.
 */
function project({ transform, context }: Pen, x: Float64Array, y: Float64Array): number {
  if (acrossPlaces.length < x.length) {
    acrossPlaces = new Float32Array(x.length * 2);
    upPlaces = new Float32Array(x.length * 2);
  }
  const { rises } = extentOf(x);
  const { width } = context.canvas;
  const first = rises ? Math.max(0, bisect(x, (value) => transform.x(value) >= 0) - 1) : 0;
  const last = rises ? Math.min(x.length, bisect(x, (value) => transform.x(value) > width) + 1) : x.length;
  for (let i = first; i < last; i++) {
    acrossPlaces[i - first] = transform.x(x[i] as number);
    upPlaces[i - first] = transform.y(y[i] as number);
  }
  return Math.max(0, last - first);
}

interface RasterLook {
  color?: string;
  alpha?: number;
  dash?: readonly number[];
  inBars?: boolean;
}

function rasterLine(
  pen: Pen,
  raster: Raster,
  line: Line,
  y: Float64Array,
  width: number,
  { color = line.color, alpha = 1, dash = line.dash, inBars = false }: RasterLook,
): void {
  const count = project(pen, line.x, y);
  const dashes = dash.map((part) => part * pen.ratio);
  raster.line(acrossPlaces, upPlaces, count, { color, width: width * pen.ratio, dash: dashes, alpha }, inBars);
}

interface Scratch {
  raster: Raster;
  context: CanvasRenderingContext2D;
}

/** One raster for all charts, since one is drawn at a time. */
let scratch: Scratch | undefined;

function scratchFor({ width, height }: { width: number; height: number }): Scratch {
  if (!scratch || scratch.raster.width !== width || scratch.raster.height !== height) {
    const canvas = scratch?.context.canvas ?? document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser draws nothing");
    scratch = { raster: new Raster(width, height), context };
  }
  return scratch;
}

/** Pixels of points that have no neighbour to be joined to: x, y, x, y, … */
function lonePoints({ transform }: Pen, { x, y }: Line): number[] {
  const lone: number[] = [];
  if (x.length > 1 && extentOf(y).low === Number.POSITIVE_INFINITY) return lone;
  if (x.length > 1 && allFinite(y) && transform.xScale.kind !== "log" && transform.yScale.kind !== "log") return lone;
  const isPlaced = (i: number): boolean =>
    hasPlace(transform.xScale.kind, x[i] as number) && hasPlace(transform.yScale.kind, y[i] as number);
  for (let i = 0; i < x.length; i++) {
    if (!isPlaced(i) || (i > 0 && isPlaced(i - 1)) || (i < x.length - 1 && isPlaced(i + 1))) continue;
    lone.push(transform.x(x[i] as number), transform.y(y[i] as number));
  }
  return lone;
}

/** Draw a line with its faint logged values, its lone points, and marks where it is NaN or infinite. */
export function paintLine(pen: Pen, line: Line): Painted {
  const { context, ratio } = pen;
  context.strokeStyle = line.color;
  context.fillStyle = line.color;
  context.lineJoin = "round";
  if (line.raw) {
    context.globalAlpha = FAINT;
    stroke(pen, line.x, line.raw, [], WIDTH * ratio);
    context.globalAlpha = 1;
  }
  const painted = stroke(pen, line.x, line.y, line.dash, WIDTH * ratio);
  return { ...painted, marks: paintMarks(pen, line) };
}

/** Draw a line once more, bolder, on a rim of the background's colour. */
export function paintBold(pen: Pen, line: Line, background: string): void {
  const { context, ratio } = pen;
  if (line.x.length > MOST_STROKED_BOLD) {
    rasterBold(pen, line, background);
    return;
  }
  context.lineJoin = "round";
  context.strokeStyle = background;
  context.fillStyle = background;
  stroke(pen, line.x, line.y, [], (BOLD + 3) * ratio);
  context.strokeStyle = line.color;
  context.fillStyle = line.color;
  stroke(pen, line.x, line.y, line.dash, BOLD * ratio);
}

function rasterBold(pen: Pen, line: Line, background: string): void {
  const { raster, context } = scratchFor(pen.context.canvas);
  raster.clear();
  rasterLine(pen, raster, line, line.y, BOLD + 3, { color: toHex(background), dash: [] });
  rasterLine(pen, raster, line, line.y, BOLD, {});
  raster.copyTo(context);
  pen.context.drawImage(context.canvas, 0, 0);
}

/** A dot with a rim, for the point that the pointer means. */
export function paintPoint(pen: Pen, color: string, background: string, x: number, y: number, bold: boolean): void {
  const { context, ratio, transform } = pen;
  const [px, py] = [transform.x(x), transform.y(y)];
  if (!Number.isFinite(px) || !Number.isFinite(py)) return;
  context.beginPath();
  context.arc(px, py, (bold ? 4 : 3) * ratio, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.lineWidth = 1.5 * ratio;
  context.strokeStyle = background;
  context.stroke();
}

function stroke(pen: Pen, x: Float64Array, y: Float64Array, dash: readonly number[], width: number): Painted {
  const { context, ratio, transform } = pen;
  const lone: number[] = [];
  let points = 0;
  let masked = 0;
  let length = 0;
  let [lastX, lastY] = [0, 0];
  context.setLineDash(dash.map((part) => part * ratio));
  context.lineWidth = width;
  context.beginPath();
  const endSegment = (): void => {
    if (length === 1) lone.push(lastX, lastY);
    length = 0;
  };
  for (let i = 0; i < x.length; i++) {
    const px = transform.x(x[i] as number);
    const py = transform.y(y[i] as number);
    if (!Number.isFinite(py) || !Number.isFinite(px)) {
      if (Number.isFinite(y[i])) masked += 1;
      endSegment();
      continue;
    }
    if (length === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
    [lastX, lastY] = [px, py];
    length += 1;
    points += 1;
  }
  endSegment();
  context.stroke();
  context.setLineDash([]);
  paintDots(context, lone, Math.max(DOT * ratio, width));
  return { points, marks: 0, masked };
}

function paintDots(context: CanvasRenderingContext2D, places: readonly number[], radius: number): void {
  for (let i = 0; i < places.length; i += 2) {
    context.beginPath();
    context.arc(places[i] as number, places[i + 1] as number, radius, 0, 2 * Math.PI);
    context.fill();
  }
}

/** ▲ at the top for ∞, ▼ at the bottom for −∞, and for NaN a cross at the height of the value before it. */
function paintMarks(pen: Pen, line: Line): number {
  const { box } = pen.transform;
  const values = line.curve.value;
  const size = MARK * pen.ratio;
  let last = Number.NEGATIVE_INFINITY;
  let height = box.top + box.height - size * 2;
  let marks = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const px = pen.transform.x(line.x[i] as number);
    if (Number.isFinite(value)) {
      const py = pen.transform.y(line.y[i] as number);
      if (py >= box.top && py <= box.top + box.height) height = py;
      continue;
    }
    marks += 1;
    if (px < box.left || px > box.left + box.width || Math.abs(px - last) < MARK_SPACING * pen.ratio) continue;
    last = px;
    if (Number.isNaN(value)) paintCross(pen, px, height, size);
    else if (value > 0) paintTriangle(pen, px, box.top + size, -size);
    else paintTriangle(pen, px, box.top + box.height - size, size);
  }
  return marks;
}

function paintTriangle({ context }: Pen, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y + size);
  context.lineTo(x - size, y - size * 0.7);
  context.lineTo(x + size, y - size * 0.7);
  context.closePath();
  context.fill();
}

function paintCross({ context, ratio }: Pen, x: number, y: number, size: number): void {
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
}
