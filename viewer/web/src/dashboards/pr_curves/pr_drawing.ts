/** The precision-recall curves of a tag on one chart: recall across, precision up. */

import type { Drawing } from "../../draw/canvas_view";
import {
  type AxisColors,
  drawBottomAxis,
  drawLeftAxis,
  type Frame,
  place,
  roomFor,
  type Scale,
  valueAt,
  valueTicks,
} from "../../draw/frame";
import type { Pen } from "../../draw/pen";
import type { Size } from "../../ui/use";
import type { Curve } from "./curves";

/** A part of the chart: recall from `x[0]` to `x[1]`, precision from `y[0]` to `y[1]`. */
export interface Part {
  x: readonly [number, number];
  y: readonly [number, number];
}

export interface DrawnCurve {
  curve: Curve;
  color: string;
  dash: readonly number[];
}

/** A threshold of a curve that is pointed at. */
export interface PrSpot {
  curve: Curve;
  color: string;
  dash: readonly number[];
  /** Which threshold. */
  at: number;
}

const WHOLE: Part = { x: [0, 1], y: [0, 1] };
const MARGIN = { left: 52, right: 16, top: 12, bottom: 28 };
/** The curve at 1 is drawn whole, not cut in half. */
const RIM = 3;
const REACH = 40;
const F1_LINES = [0.2, 0.4, 0.6, 0.8];
const F1_POINTS = 60;

export class PrDrawing implements Drawing<PrSpot> {
  readonly part: Part;
  readonly frame: Frame;
  private readonly across: Scale;
  private readonly up: Scale;

  constructor(
    readonly curves: readonly DrawnCurve[],
    part: Part | null,
    private readonly withF1: boolean,
    size: Size,
    private readonly colors: AxisColors,
    /** The run whose curve is drawn bold. */
    private readonly bold: string | null = null,
  ) {
    this.part = part ?? WHOLE;
    const { left, top } = MARGIN;
    const [right, bottom] = [size.width - MARGIN.right, size.height - MARGIN.bottom];
    this.frame = { left, right, top, bottom };
    this.across = { low: this.part.x[0], high: this.part.x[1], from: left, to: right };
    this.up = { low: this.part.y[0], high: this.part.y[1], from: bottom, to: top };
  }

  paint(pen: Pen): void {
    const { frame, across, up, colors } = this;
    const [columns, rows] = [roomFor(frame.left, frame.right, 56), roomFor(frame.top, frame.bottom, 32)];
    drawLeftAxis(pen, frame, up, valueTicks(up.low, up.high, rows), colors);
    drawBottomAxis(pen, frame, across, valueTicks(across.low, across.high, columns), colors);
    // In the corner that curves keep clear of: they begin at the top left.
    pen.text(frame.left + 8, frame.bottom - 28, "↑ precision", { color: colors.text });
    pen.text(frame.left + 8, frame.bottom - 10, "recall →", { color: colors.text });
    this.inside(pen, () => {
      if (this.withF1) for (const value of F1_LINES) this.paintF1(pen, value);
      for (const drawn of this.curves) if (drawn.curve.run !== this.bold) this.paintCurve(pen, drawn, 1.5);
      for (const drawn of this.curves) if (drawn.curve.run === this.bold) this.paintCurve(pen, drawn, 3);
    });
  }

  spotAt(x: number, y: number): PrSpot | null {
    const { frame } = this;
    if (x < frame.left - 8 || x > frame.right + 8 || y < frame.top - 8 || y > frame.bottom + 8) return null;
    let best: PrSpot | null = null;
    let least = REACH;
    for (const { curve, color, dash } of this.curves) {
      for (const at of curve.drawn) {
        const [px, py] = this.point(curve, at);
        const distance = Math.hypot(px - x, py - y);
        // Of thresholds at one place, as at recall 1, the first.
        if (distance < least) {
          least = distance;
          best = { curve, color, dash, at };
        }
      }
    }
    return best;
  }

  mark(pen: Pen, { curve, color, dash, at }: PrSpot): void {
    const { colors, frame } = this;
    const [x, y] = this.point(curve, at);
    this.inside(pen, () => {
      if (this.curves.length > 1) this.paintCurve(pen, { curve, color, dash }, 3);
    });
    const faint = { color: colors.strong, width: 1, opacity: 0.35, dash: [3, 3] };
    pen.line(frame.left, y, x, y, faint);
    pen.line(x, y, x, frame.bottom, faint);
    pen.circle(x, y, 4, { fill: color, stroke: { color: colors.background, width: 1.5 } });
  }

  /** The part between two pixels, within what there can be. */
  partBetween(from: { x: number; y: number }, to: { x: number; y: number }): Part {
    const clamp = (value: number): number => Math.min(1, Math.max(0, value));
    const range = (scale: Scale, a: number, b: number): [number, number] => {
      const ends = [clamp(valueAt(scale, a)), clamp(valueAt(scale, b))].sort((p, q) => p - q);
      return ends as [number, number];
    };
    return { x: range(this.across, from.x, to.x), y: range(this.up, from.y, to.y) };
  }

  private inside(pen: Pen, draw: () => void): void {
    const { left, right, top, bottom } = this.frame;
    pen.clipped(left - RIM, top - RIM, right - left + 2 * RIM, bottom - top + 2 * RIM, draw);
  }

  private point(curve: Curve, at: number): [number, number] {
    return [place(this.across, curve.recall[at] as number), place(this.up, curve.precision[at] as number)];
  }

  private paintCurve(pen: Pen, { curve, color, dash }: DrawnCurve, width: number): void {
    const points = curve.drawn.flatMap((at) => this.point(curve, at));
    pen.path(points, { stroke: { color, width, dash } });
    const [x, y] = points;
    if (points.length === 2) pen.circle(x as number, y as number, 3, { fill: color });
  }

  /** P = F R / (2 R - F): where the harmonic mean of precision P and recall R is F. */
  private paintF1(pen: Pen, value: number): void {
    const points: number[] = [];
    for (let i = 0; i <= F1_POINTS; i++) {
      const recall = value / (2 - value) + (1 - value / (2 - value)) * (i / F1_POINTS);
      points.push(place(this.across, recall), place(this.up, (value * recall) / (2 * recall - value)));
    }
    pen.path(points, { stroke: { color: this.colors.text, width: 1, dash: [2, 4], opacity: 0.7 } });
    const [x, y] = points.slice(-2) as [number, number];
    pen.text(x - 4, y + 10, `F1 ${value}`, { color: this.colors.text, anchor: "end" });
  }
}
