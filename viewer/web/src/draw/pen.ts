/**
 * What is drawn by hand, on a canvas or as SVG: drawing code takes a `Pen` and need not know on which of them it draws.
 * Coordinates are CSS pixels.
 */

import { round, type SvgBuilder } from "./save";

export interface Stroke {
  color: string;
  width: number;
  dash?: readonly number[];
  /** 0–1. */
  opacity?: number;
}

export interface Shape {
  fill?: string;
  fillOpacity?: number;
  stroke?: Stroke;
  closed?: boolean;
}

export interface Writing {
  color: string;
  anchor?: "start" | "middle" | "end";
  size?: number;
  weight?: number;
}

export interface Pen {
  line(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void;
  /** Through x, y, x, y, … */
  path(points: readonly number[], shape: Shape): void;
  rect(x: number, y: number, width: number, height: number, fill: string): void;
  circle(x: number, y: number, radius: number, shape: Shape): void;
  /** Vertically in the middle of `y`. */
  text(x: number, y: number, text: string, writing: Writing): void;
  /** What `draw` draws is cut off outside the box. */
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export const FAMILY = "system-ui, -apple-system, 'Segoe UI', sans-serif";
const SIZE = 11;

export class CanvasPen implements Pen {
  constructor(protected readonly context: CanvasRenderingContext2D) {}

  /** On whole pixels, where it is level or upright: it is sharp there. */
  line(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    const straight = x0 === x1 || y0 === y1;
    const place = straight ? (value: number): number => Math.round(value) + 0.5 : (value: number): number => value;
    this.context.beginPath();
    this.context.moveTo(place(x0), place(y0));
    this.context.lineTo(place(x1), place(y1));
    this.stroke(stroke);
  }

  path(points: readonly number[], shape: Shape): void {
    this.context.beginPath();
    for (let i = 0; i + 1 < points.length; i += 2) this.context.lineTo(points[i] as number, points[i + 1] as number);
    if (shape.closed) this.context.closePath();
    this.finish(shape);
  }

  rect(x: number, y: number, width: number, height: number, fill: string): void {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  circle(x: number, y: number, radius: number, shape: Shape): void {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.finish(shape);
  }

  text(x: number, y: number, text: string, { color, anchor = "start", size = SIZE, weight = 400 }: Writing): void {
    const { context } = this;
    context.font = `${weight} ${size}px ${FAMILY}`;
    context.fillStyle = color;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
    draw();
    this.context.restore();
  }

  protected finish({ fill, fillOpacity = 1, stroke }: Shape): void {
    if (fill) {
      this.context.globalAlpha = fillOpacity;
      this.context.fillStyle = fill;
      this.context.fill();
      this.context.globalAlpha = 1;
    }
    if (stroke) this.stroke(stroke);
  }

  protected stroke({ color, width, dash = [], opacity = 1 }: Stroke): void {
    const { context } = this;
    context.globalAlpha = opacity;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(dash as number[]);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

export class SvgPen implements Pen {
  constructor(
    protected readonly svg: SvgBuilder,
    protected readonly left = 0,
    protected readonly top = 0,
  ) {}

  line(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    this.svg.line(x0 + this.left, y0 + this.top, x1 + this.left, y1 + this.top, strokeOf(stroke));
  }

  path(points: readonly number[], shape: Shape): void {
    let data = "";
    for (let i = 0; i + 1 < points.length; i += 2) {
      data += `${i ? "L" : "M"}${round((points[i] as number) + this.left)} ${round((points[i + 1] as number) + this.top)}`;
    }
    if (data) this.svg.path(data + (shape.closed ? "Z" : ""), shapeOf(shape));
  }

  rect(x: number, y: number, width: number, height: number, fill: string): void {
    this.svg.rect(x + this.left, y + this.top, width, height, { fill });
  }

  circle(x: number, y: number, radius: number, shape: Shape): void {
    this.svg.circle(x + this.left, y + this.top, radius, shapeOf(shape));
  }

  text(x: number, y: number, text: string, { color, anchor = "start", size = SIZE, weight }: Writing): void {
    // From the middle of the letters to the line they stand on; not every program knows dominant-baseline.
    this.svg.text(x + this.left, y + this.top + size * 0.35, text, {
      fill: color,
      size,
      anchor,
      ...(weight ? { weight } : {}),
    });
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.svg.clipped(x + this.left, y + this.top, width, height, draw);
  }
}

type Attributes = Record<string, string | number | undefined>;

export const strokeOf = ({ color, width, dash, opacity }: Stroke): Attributes => ({
  stroke: color,
  "stroke-width": width,
  "stroke-dasharray": dash?.length ? dash.join(" ") : undefined,
  "stroke-opacity": opacity,
});

export const shapeOf = ({ fill = "none", fillOpacity, stroke }: Shape): Attributes => ({
  fill,
  "fill-opacity": fillOpacity,
  ...(stroke ? { ...strokeOf(stroke), "stroke-linejoin": "round" } : {}),
});
