/** A drawing on the screen: one canvas for it, one above for what is pointed at, by pointer or by arrow keys. */

import type { Size } from "../ui/use";
import { prepare } from "./canvas";
import { CanvasPen, type Pen } from "./pen";
import type { Picture } from "./save_drawing";

/** What is drawn, in CSS pixels of its host. `Spot` is what the pointer may mean. */
export interface Drawing<Spot> {
  paint(pen: Pen): void;
  /** What is meant at a place; null: nothing. */
  spotAt(x: number, y: number): Spot | null;
  mark(pen: Pen, spot: Spot): void;
}

export interface PointedAt<Spot> {
  spot: Spot;
  clientX: number;
  clientY: number;
  /** The drawing, from top to bottom, in the window. */
  plot: { top: number; bottom: number };
}

const KEY_STEP = 8;
const KEYS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class CanvasView<Spot> {
  readonly canvas = document.createElement("canvas");
  private readonly overlay = document.createElement("canvas");
  private drawing: Drawing<Spot> | undefined;
  private size: Size = { width: 0, height: 0 };
  private pointer: { x: number; y: number } | null = null;
  private pointed = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly onPoint: (pointed: PointedAt<Spot> | null) => void,
  ) {
    this.overlay.className = "chart-overlay";
    host.append(this.canvas, this.overlay);
    host.addEventListener("pointermove", this.move);
    host.addEventListener("pointerleave", this.leave);
    host.addEventListener("keydown", this.key);
    host.addEventListener("blur", this.leave);
  }

  show(drawing: Drawing<Spot>, size: Size): void {
    const surface = prepare(this.canvas, size.width, size.height);
    if (!surface) return;
    this.drawing = drawing;
    this.size = size;
    drawing.paint(new CanvasPen(surface.context));
    this.point();
  }

  /** What is drawn now, for saving it; null if nothing is. */
  picture(title: string, subtitle: string): Picture | null {
    if (!this.drawing) return null;
    return { title, subtitle, drawing: this.drawing as Drawing<never>, size: this.size, legend: [] };
  }

  close(): void {
    this.leave();
    this.host.removeEventListener("pointermove", this.move);
    this.host.removeEventListener("pointerleave", this.leave);
    this.host.removeEventListener("keydown", this.key);
    this.host.removeEventListener("blur", this.leave);
    this.canvas.remove();
    this.overlay.remove();
  }

  private readonly move = (event: PointerEvent): void => {
    const box = this.host.getBoundingClientRect();
    this.pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    this.point();
  };

  private readonly leave = (): void => {
    this.pointer = null;
    this.point();
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.leave();
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    const { width, height } = this.size;
    const { x, y } = this.pointer ?? { x: width / 2, y: height / 2 };
    this.pointer = {
      x: Math.min(width - 1, Math.max(0, x + by[0] * KEY_STEP)),
      y: Math.min(height - 1, Math.max(0, y + by[1] * KEY_STEP)),
    };
    this.point();
  };

  private point(): void {
    const spot = this.pointer && this.drawing ? this.drawing.spotAt(this.pointer.x, this.pointer.y) : null;
    if (spot === null && !this.pointed) return;
    const surface = prepare(this.overlay, this.size.width, this.size.height);
    this.pointed = spot !== null;
    if (spot === null || !surface || !this.pointer) {
      this.onPoint(null);
      return;
    }
    this.drawing?.mark(new CanvasPen(surface.context), spot);
    const box = this.host.getBoundingClientRect();
    const place = { clientX: box.left + this.pointer.x, clientY: box.top + this.pointer.y };
    this.onPoint({ spot, ...place, plot: { top: box.top, bottom: box.bottom } });
  }
}
