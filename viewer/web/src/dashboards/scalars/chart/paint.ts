/** Drawing of lines on a canvas. Knows no framework and no chart library. */

import type { Line } from "./line";
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

const WIDTH = 1.5;
const BOLD = 2.5;
const DOT = 2.5;
const FAINT = 0.28;
const MARK = 4;
/** Marks of one line stand at least so far apart: a long stretch of NaN must not hide the other lines. */
const MARK_SPACING = 18;

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
  context.lineJoin = "round";
  context.strokeStyle = background;
  context.fillStyle = background;
  stroke(pen, line.x, line.y, [], (BOLD + 3) * ratio);
  context.strokeStyle = line.color;
  context.fillStyle = line.color;
  stroke(pen, line.x, line.y, line.dash, BOLD * ratio);
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
