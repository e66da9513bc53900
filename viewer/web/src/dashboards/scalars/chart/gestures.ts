/** How a chart is moved and zoomed: by dragging with Shift, Space or the middle button, by the wheel, by keys. */

import type { Range } from "./extent";
import type { Ranges, Zoom } from "./plot";
import type { Scale } from "./scale";

export interface Target {
  ranges(): Ranges;
  scales: { x: Scale; y: Scale };
  /** Whether a part of the y axis was chosen, so that it moves as well. */
  isTall(): boolean;
  /** Show these ranges for now, fast. */
  slide(ranges: Ranges): void;
  /** The movement has ended; null: nothing has moved. */
  settle(zoom: Zoom | null): void;
  zoom(zoom: Zoom): void;
  reset(): void;
  click(): void;
}

const CLICK_PX = 4;
const MIDDLE = 1;
/** Of one notch of a wheel, which is about 100 units. */
const ZOOM_PER_UNIT = 0.0016;
const MOST_PER_EVENT = 0.5;

let spaceIsDown = false;
if (typeof addEventListener === "function") {
  addEventListener("keydown", (event) => {
    if (event.key === " ") spaceIsDown = true;
  });
  addEventListener("keyup", (event) => {
    if (event.key === " ") spaceIsDown = false;
  });
  addEventListener("blur", () => {
    spaceIsDown = false;
  });
}

/** The range moved by a share of its breadth, evenly as it is seen on its scale. */
export function shifted([low, high]: Range, scale: Scale, share: number): Range {
  const [from, to] = [scale.to(low), scale.to(high)];
  const by = (to - from) * share;
  return [scale.from(from + by), scale.from(to + by)];
}

/** The range with its breadth multiplied; what is at a share of it stays in place. */
export function magnified([low, high]: Range, scale: Scale, factor: number, share: number): Range {
  const [from, to] = [scale.to(low), scale.to(high)];
  const fixed = from + (to - from) * share;
  return [scale.from(fixed - (fixed - from) * factor), scale.from(fixed + (to - fixed) * factor)];
}

export class Gestures {
  private pan: { x: number; y: number; from: Ranges; isMoved: boolean } | null = null;
  private pressed: { x: number; y: number } | null = null;
  private frame = 0;
  private wheeled = { factor: 1, share: 0.5 };
  private readonly abort = new AbortController();

  constructor(
    private readonly over: HTMLElement,
    private readonly target: Target,
  ) {
    const { signal } = this.abort;
    over.addEventListener("pointerdown", (event) => this.down(event), { signal });
    over.addEventListener("pointermove", (event) => this.move(event), { signal });
    over.addEventListener("pointerup", (event) => this.up(event), { signal });
    over.addEventListener("pointercancel", () => this.end(), { signal });
    over.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
  }

  /** Whether a press begins to pan instead of choosing a range. */
  isPan(event: MouseEvent): boolean {
    return event.button === MIDDLE || (event.button === 0 && (event.shiftKey || spaceIsDown));
  }

  stop(): void {
    this.abort.abort();
    cancelAnimationFrame(this.frame);
  }

  private down(event: PointerEvent): void {
    this.pressed = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
    if (!this.isPan(event)) return;
    event.preventDefault();
    this.pressed = null;
    this.over.setPointerCapture(event.pointerId);
    this.over.classList.add("panning");
    this.pan = { x: event.clientX, y: event.clientY, from: this.target.ranges(), isMoved: false };
  }

  private move(event: PointerEvent): void {
    const { pan } = this;
    if (!pan) return;
    const { clientWidth, clientHeight } = this.over;
    const right = (event.clientX - pan.x) / clientWidth;
    const down = (event.clientY - pan.y) / clientHeight;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      pan.isMoved = true;
      const { x, y } = this.target.scales;
      this.target.slide({
        x: shifted(pan.from.x, x, -right),
        y: this.target.isTall() ? shifted(pan.from.y, y, down) : pan.from.y,
      });
    });
  }

  private up(event: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    if (this.pan) this.end();
    else if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < CLICK_PX)
      this.target.click();
  }

  private end(): void {
    const { pan } = this;
    if (!pan) return;
    cancelAnimationFrame(this.frame);
    this.pan = null;
    this.over.classList.remove("panning");
    const { x, y } = this.target.ranges();
    this.target.settle(pan.isMoved ? { x, y: this.target.isTall() ? y : null } : null);
  }

  /** With Alt or Ctrl (as browsers report two fingers on a touchpad) the wheel zooms at the pointer; else it scrolls. */
  private wheel(event: WheelEvent): void {
    if (!(event.altKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const notch = (event.deltaY || event.deltaX) * (event.deltaMode === 1 ? 33 : 1) * ZOOM_PER_UNIT;
    this.wheeled.factor *= Math.exp(Math.max(-MOST_PER_EVENT, Math.min(MOST_PER_EVENT, notch)));
    const box = this.over.getBoundingClientRect();
    this.wheeled.share = (event.clientX - box.left) / box.width;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const { factor, share } = this.wheeled;
      this.wheeled = { factor: 1, share };
      this.magnify(factor, share);
    });
  }

  /** Zoom the x axis about the point at a share of the plot's width. */
  magnify(factor: number, share = 0.5): void {
    const { x, y } = this.target.ranges();
    this.target.zoom({ x: magnified(x, this.target.scales.x, factor, share), y: this.target.isTall() ? y : null });
  }

  /** Move the view by shares of the plot. */
  nudge(right: number, up = 0): void {
    const { x, y } = this.target.ranges();
    const { scales } = this.target;
    const isTall = this.target.isTall();
    this.target.zoom({ x: shifted(x, scales.x, right), y: isTall ? shifted(y, scales.y, up) : null });
  }
}
