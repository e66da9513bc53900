/** A drawing on two canvases: what stays below, what is marked and brushed above, which changes with the pointer. */

import { prepare, type Surface } from "../../draw/canvas";
import type { Colors } from "./parallel/paint";

export abstract class LayeredView<Layout extends { width: number; height: number }> {
  layout: Layout | null = null;
  protected colors: Colors | null = null;
  protected marked: readonly string[] = [];
  private readonly listening = new AbortController();

  constructor(
    private readonly below: HTMLCanvasElement,
    protected readonly above: HTMLCanvasElement,
  ) {
    const { signal } = this.listening;
    above.addEventListener("pointerdown", (event) => this.onDown(event), { signal });
    above.addEventListener("pointermove", (event) => this.onMove(event), { signal });
    above.addEventListener("pointerup", (event) => this.onUp(event), { signal });
    above.addEventListener("pointercancel", () => this.onCancel(), { signal });
    above.addEventListener("pointerleave", () => this.onLeave(), { signal });
  }

  show(layout: Layout, colors: Colors): void {
    this.layout = layout;
    this.colors = colors;
    const surface = prepare(this.below, layout.width, layout.height);
    if (surface) this.paintBelow(surface, layout, colors);
    this.paintAbove();
  }

  /** Draw what stands for these rows above the others. */
  mark(keys: readonly string[]): void {
    this.marked = keys;
    this.paintAbove();
  }

  close(): void {
    this.listening.abort();
  }

  protected abstract paintBelow(surface: Surface, layout: Layout, colors: Colors): void;
  protected abstract paintAbove(): void;
  protected abstract onDown(event: PointerEvent): void;
  protected abstract onMove(event: PointerEvent): void;
  protected abstract onUp(event: PointerEvent): void;
  protected abstract onCancel(): void;
  protected abstract onLeave(): void;

  protected place(event: PointerEvent): { x: number; y: number } {
    const rect = this.above.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }
}
