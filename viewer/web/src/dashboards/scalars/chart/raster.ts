/**
 * Lines drawn pixel by pixel, for charts of very many points: where the browser paints without a graphics card, stroking a
 * path takes some 3 µs a segment, and half a million segments are more than a second. This takes a hundredth of that.
 *
 * A line with several points a column becomes one upright bar a column, from its lowest to its highest point there, which
 * is what such a stroke looks like; other lines are drawn segment by segment. Edges are as soft as those of a stroke.
 */

import { rgbOf } from "../../../draw/colors";

export interface Ink {
  /** `#rrggbb`. */
  color: string;
  /** In pixels, as are the dashes. */
  width: number;
  dash: readonly number[];
  /** 0–1. */
  alpha: number;
}

/** A line with more points than this a column becomes bars. */
const DENSE = 0.7;

export class Raster {
  readonly pixels: Uint32Array;
  private readonly image: ImageData;
  private red = 0;
  private green = 0;
  private blue = 0;
  private lowest = new Float32Array(0);
  private highest = new Float32Array(0);
  private firstBar = Number.POSITIVE_INFINITY;
  private lastBar = -1;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  clear(): void {
    this.pixels.fill(0);
  }

  /** Put what was drawn on a canvas of the same size, in place of what is there. */
  copyTo(context: CanvasRenderingContext2D): void {
    context.putImageData(this.image, 0, 0);
  }

  /**
   * Draw through `count` points, in pixels; a point that is not finite interrupts the line. `inBars`: one bar a column
   * however few the points are, which is faster and does not show among very many lines.
   */
  line(x: Float32Array, y: Float32Array, count: number, ink: Ink, inBars: boolean): void {
    [this.red, this.green, this.blue] = rgbOf(ink.color);
    const alpha = ink.alpha * 255;
    if (inBars || count > DENSE * reach(x, count)) this.bars(x, y, count, ink, alpha);
    else this.segments(x, y, count, ink, alpha);
  }

  private bars(x: Float32Array, y: Float32Array, count: number, ink: Ink, alpha: number): void {
    const { width } = this;
    if (this.lowest.length < width) {
      this.lowest = new Float32Array(width).fill(Number.POSITIVE_INFINITY);
      this.highest = new Float32Array(width).fill(Number.NEGATIVE_INFINITY);
    }
    for (let i = 1; i < count; i++) {
      const x0 = x[i - 1] as number;
      const x1 = x[i] as number;
      const y0 = y[i - 1] as number;
      const y1 = y[i] as number;
      // Where x goes back, as after a restart, another bar begins: the two stretches of the line stay apart.
      if (x1 < x0) this.standBars(ink, alpha);
      if (!(x1 >= x0) || x1 < 0 || x0 >= width || y0 - y0 + y1 - y1 !== 0) continue;
      const from = Math.max(0, Math.floor(x0));
      const to = Math.min(width - 1, Math.floor(x1));
      if (from === to) {
        this.lengthenBar(from, y0, y1);
        continue;
      }
      const slope = (y1 - y0) / (x1 - x0);
      let before = y0 + (Math.max(x0, from) - x0) * slope;
      for (let column = from; column <= to; column++) {
        const after = y0 + (Math.min(x1, column + 1) - x0) * slope;
        this.lengthenBar(column, before, after);
        before = after;
      }
    }
    this.standBars(ink, alpha);
  }

  private lengthenBar(column: number, a: number, b: number): void {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    if (low < (this.lowest[column] as number)) this.lowest[column] = low;
    if (high > (this.highest[column] as number)) this.highest[column] = high;
    if (column < this.firstBar) this.firstBar = column;
    if (column > this.lastBar) this.lastBar = column;
  }

  private standBars({ width, dash }: Ink, alpha: number): void {
    const { lowest, highest } = this;
    const half = width / 2;
    for (let column = this.firstBar; column <= this.lastBar; column++) {
      const top = lowest[column] as number;
      const bottom = highest[column] as number;
      lowest[column] = Number.POSITIVE_INFINITY;
      highest[column] = Number.NEGATIVE_INFINITY;
      if (top <= bottom && !(dash.length && isGap(dash, column)))
        this.upright(column, top - half, bottom + half, alpha);
    }
    this.firstBar = Number.POSITIVE_INFINITY;
    this.lastBar = -1;
  }

  private segments(x: Float32Array, y: Float32Array, count: number, ink: Ink, alpha: number): void {
    let done = 0;
    for (let i = 1; i < count; i++) {
      const x0 = x[i - 1] as number;
      const x1 = x[i] as number;
      const y0 = y[i - 1] as number;
      const y1 = y[i] as number;
      if (x0 - x0 + x1 - x1 + y0 - y0 + y1 - y1 !== 0) continue;
      this.segment(x0, y0, x1, y1, ink, done, alpha);
      if (ink.dash.length) done += Math.hypot(x1 - x0, y1 - y0);
    }
  }

  /** A slanted bar: column by column where it is flat, row by row where it is steep. `done` is where in its dashes it is. */
  private segment(x0: number, y0: number, x1: number, y1: number, ink: Ink, done: number, alpha: number): void {
    const isFlat = Math.abs(x1 - x0) >= Math.abs(y1 - y0);
    const a0 = isFlat ? x0 : y0;
    const b0 = isFlat ? y0 : x0;
    const run = isFlat ? x1 - x0 : y1 - y0;
    if (run === 0) return;
    const slope = (isFlat ? y1 - y0 : x1 - x0) / run;
    const stretch = Math.sqrt(1 + slope * slope);
    const half = (ink.width / 2) * stretch;
    // Steep bars overlap by half a pixel, so that a peak is not cut off where two of them meet.
    const lap = isFlat ? 0 : 0.5;
    const first = Math.max(0, Math.ceil(Math.min(a0, a0 + run) - lap - 0.5));
    const end = Math.min(isFlat ? this.width : this.height, Math.ceil(Math.max(a0, a0 + run) + lap - 0.5));
    for (let at = first; at < end; at++) {
      const along = at + 0.5 - a0;
      if (ink.dash.length && isGap(ink.dash, done + Math.abs(along) * stretch)) continue;
      const middle = b0 + along * slope;
      if (isFlat) this.upright(at, middle - half, middle + half, alpha);
      else this.level(at, middle - half, middle + half, alpha);
    }
  }

  private upright(column: number, top: number, bottom: number, alpha: number): void {
    const { height, width } = this;
    if (bottom <= 0 || top >= height) return;
    if (top < 0) top = 0;
    if (bottom > height) bottom = height;
    const first = Math.floor(top);
    const last = Math.min(height - 1, Math.floor(bottom));
    const at = first * width + column;
    if (first === last) {
      this.blend(at, (bottom - top) * alpha);
      return;
    }
    this.blend(at, (first + 1 - top) * alpha);
    const end = last * width + column;
    if (alpha >= 255) {
      const full = 0xff000000 | (this.blue << 16) | (this.green << 8) | this.red;
      for (let pixel = at + width; pixel < end; pixel += width) this.pixels[pixel] = full;
    } else {
      for (let pixel = at + width; pixel < end; pixel += width) this.blend(pixel, alpha);
    }
    this.blend(end, (bottom - last) * alpha);
  }

  private level(row: number, left: number, right: number, alpha: number): void {
    const { width } = this;
    if (right <= 0 || left >= width) return;
    if (left < 0) left = 0;
    if (right > width) right = width;
    const first = Math.floor(left);
    const last = Math.min(width - 1, Math.floor(right));
    const at = row * width;
    if (first === last) {
      this.blend(at + first, (right - left) * alpha);
      return;
    }
    this.blend(at + first, (first + 1 - left) * alpha);
    for (let column = first + 1; column < last; column++) this.blend(at + column, alpha);
    this.blend(at + last, (right - last) * alpha);
  }

  /** Lay the colour over a pixel; `alpha` is 0–255. */
  private blend(at: number, alpha: number): void {
    const a = alpha | 0;
    if (a <= 0) return;
    const under = this.pixels[at] as number;
    const underAlpha = under >>> 24;
    if (a >= 255 || underAlpha === 0) {
      this.pixels[at] = (Math.min(a, 255) << 24) | (this.blue << 16) | (this.green << 8) | this.red;
      return;
    }
    const rest = (underAlpha * (255 - a)) / 255;
    const total = a + rest;
    const red = (this.red * a + (under & 255) * rest) / total;
    const green = (this.green * a + ((under >> 8) & 255) * rest) / total;
    const blue = (this.blue * a + ((under >> 16) & 255) * rest) / total;
    this.pixels[at] = (Math.round(total) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red);
  }
}

/** Over how many columns the points reach. */
function reach(x: Float32Array, count: number): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const at = x[i] as number;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  return Math.max(1, high - low);
}

function isGap(dash: readonly number[], at: number): boolean {
  let left = at % dash.reduce((sum, part) => sum + part, 0);
  for (let i = 0; i < dash.length; i++) {
    left -= dash[i] as number;
    if (left < 0) return i % 2 === 1;
  }
  return false;
}
