/** Pens that know round corners and curves as well, on a canvas or as SVG. */

import { CanvasPen, FAMILY, type Pen, type Shape, type Stroke, SvgPen, shapeOf, strokeOf } from "../../draw/pen";
import { round } from "../../draw/save";

export interface ShapePen extends Pen {
  box(x: number, y: number, width: number, height: number, radius: number, shape: Shape): void;
  /** Knots as `curveAlong` makes them. */
  curve(knots: readonly number[], stroke: Stroke): void;
}

export class CanvasShapePen extends CanvasPen implements ShapePen {
  box(x: number, y: number, width: number, height: number, radius: number, shape: Shape): void {
    this.context.beginPath();
    if (radius > 0) this.context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
    else this.context.rect(x, y, width, height);
    this.finish(shape);
  }

  curve(knots: readonly number[], stroke: Stroke): void {
    const { context } = this;
    context.beginPath();
    context.moveTo(knots[0] as number, knots[1] as number);
    const at = (i: number): number => knots[i] as number;
    for (let i = 2; i + 5 < knots.length; i += 6) {
      context.bezierCurveTo(at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5));
    }
    this.stroke(stroke);
  }
}

export class SvgShapePen extends SvgPen implements ShapePen {
  box(x: number, y: number, width: number, height: number, radius: number, shape: Shape): void {
    const rx = Math.min(radius, width / 2, height / 2) || undefined;
    this.svg.rect(x + this.left, y + this.top, width, height, { rx, ...shapeOf(shape) });
  }

  curve(knots: readonly number[], stroke: Stroke): void {
    const at = (i: number): string =>
      `${round((knots[i] as number) + this.left)} ${round((knots[i + 1] as number) + this.top)}`;
    let data = `M${at(0)}`;
    for (let i = 2; i + 5 < knots.length; i += 6) data += `C${at(i)} ${at(i + 2)} ${at(i + 4)}`;
    this.svg.path(data, strokeOf(stroke));
  }
}

let measuring: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();
const MOST_WIDTHS = 20_000;
/** Names are measured at this size; letters grow evenly. */
const MEASURED = 100;

/** How wide a text is, in units of its size. */
function widthOf(text: string, weight: number): number {
  const key = `${weight} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  measuring ??= document.createElement("canvas").getContext("2d");
  let width = text.length * 0.6;
  if (measuring) {
    measuring.font = `${weight} ${MEASURED}px ${FAMILY}`;
    width = measuring.measureText(text).width / MEASURED;
  }
  if (widths.size >= MOST_WIDTHS) widths.clear();
  widths.set(key, width);
  return width;
}

export const textWidth = (text: string, size: number, weight = 400): number => widthOf(text, weight) * size;

const LONGEST = 200;

/** As much of a text as fits, its middle left out: names differ at their ends. Empty if next to nothing would be left. */
export function fitted(text: string, size: number, room: number, weight = 400): string {
  const whole = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (textWidth(whole, size, weight) <= room) return whole;
  const letters = [...whole];
  let [low, high] = [0, letters.length - 1];
  const cut = (kept: number): string =>
    `${letters.slice(0, Math.ceil(kept / 2)).join("")}…${letters.slice(letters.length - Math.floor(kept / 2)).join("")}`;
  while (low < high) {
    const kept = (low + high + 1) >> 1;
    if (textWidth(cut(kept), size, weight) <= room) low = kept;
    else high = kept - 1;
  }
  return low >= 2 ? cut(low) : "";
}
