/**
 * Fewer points while very many are turned, where drawing them all takes too long to follow the hand: every one is there again
 * a moment after it rests. A graphics card never needs this.
 */

/** Of fewer points, drawing is not what takes the time. */
const MANY = 20_000;
const SLOW_MS = 100;
const FAST_MS = 40;
const REST_MS = 160;
const LEAST = 0.25;

export class Thinning {
  /** Which share of the points is drawn. */
  keep = 1;
  private share = 1;
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly redraw: () => void) {}

  /** The camera has moved. */
  moved(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.last = 0;
      if (this.keep < 1) this.redraw();
    }, REST_MS);
  }

  /** A frame of `count` points is about to be drawn. */
  frame(count: number, now = performance.now()): void {
    const isMoving = this.timer !== undefined;
    if (isMoving && count > MANY && this.last) {
      const took = now - this.last;
      if (took > SLOW_MS) this.share = Math.max(LEAST, this.share / 2);
      else if (took < FAST_MS) this.share = Math.min(1, this.share * 2);
    }
    this.last = isMoving ? now : 0;
    this.keep = isMoving && count > MANY ? this.share : 1;
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

/** A share of the points, always the same ones, whatever the order of the file says. */
export function thinned(order: Uint32Array, keep: number): Uint32Array {
  if (keep >= 1) return order;
  const limit = keep * 65_536;
  return order.filter((index) => Math.imul(index, 2_654_435_761) >>> 16 < limit);
}
