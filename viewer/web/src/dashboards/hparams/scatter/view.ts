/** A scatter matrix on two canvases: points below, what is marked and brushed above. */

import { prepare, type Surface } from "../../../draw/canvas";
import type { Span } from "../brush";
import { LayeredView } from "../layered_view";
import type { Colors } from "../parallel/paint";
import { type Layout, nearest, type Plot, plotAt, spansBetween } from "./layout";
import { paintAbove, paintMatrix } from "./paint";

export interface Handlers {
  onPoint(key: string | null, clientX: number, clientY: number): void;
  onPick(key: string | null): void;
  /** What is brushed of two columns; null to let go of both. */
  onBrush(plot: Plot, spans: { across: Span; down: Span } | null): void;
}

const REACH = 12;
const DRAG_PX = 4;

export class ScatterView extends LayeredView<Layout> {
  private drag: { plot: Plot; x: number; y: number; toX: number; toY: number; moved: boolean } | null = null;

  constructor(
    points: HTMLCanvasElement,
    above: HTMLCanvasElement,
    private readonly handlers: Handlers,
  ) {
    super(points, above);
  }

  protected paintBelow(surface: Surface, layout: Layout, colors: Colors): void {
    paintMatrix(surface, layout, colors);
  }

  protected paintAbove(): void {
    const { layout, colors, drag } = this;
    const surface = layout && prepare(this.above, layout.width, layout.height);
    if (!surface || !colors) return;
    const brush = drag?.moved
      ? {
          x: Math.min(drag.x, drag.toX),
          y: Math.min(drag.y, drag.toY),
          width: Math.abs(drag.toX - drag.x),
          height: Math.abs(drag.toY - drag.y),
        }
      : null;
    paintAbove(surface, layout, this.marked, brush, colors);
  }

  protected onDown(event: PointerEvent): void {
    const { x, y } = this.place(event);
    const plot = this.layout && plotAt(this.layout, x, y);
    if (!plot || event.button !== 0) return;
    this.above.setPointerCapture(event.pointerId);
    this.drag = { plot, x, y, toX: x, toY: y, moved: false };
  }

  protected onMove(event: PointerEvent): void {
    const { layout, drag } = this;
    if (!layout) return;
    const { x, y } = this.place(event);
    if (!drag) {
      const plot = plotAt(layout, x, y);
      this.above.style.cursor = plot ? "crosshair" : "default";
      const mark = plot && nearest(layout, plot, x, y, REACH);
      this.handlers.onPoint(mark?.key ?? null, event.clientX, event.clientY);
      return;
    }
    drag.moved ||= Math.hypot(x - drag.x, y - drag.y) > DRAG_PX;
    const { left, top, width, height } = drag.plot;
    drag.toX = Math.min(left + width, Math.max(left, x));
    drag.toY = Math.min(top + height, Math.max(top, y));
    if (drag.moved) this.handlers.onPoint(null, 0, 0);
    this.paintAbove();
  }

  protected onUp(event: PointerEvent): void {
    const { layout, drag } = this;
    this.drag = null;
    if (!layout || !drag) return;
    const { x, y } = this.place(event);
    if (drag.moved) {
      this.handlers.onBrush(drag.plot, spansBetween(drag.plot, drag.x, drag.y, drag.toX, drag.toY));
      return;
    }
    const mark = nearest(layout, drag.plot, x, y, REACH);
    if (mark) this.handlers.onPick(mark.key);
    else this.handlers.onBrush(drag.plot, null);
  }

  protected onCancel(): void {
    this.drag = null;
    this.paintAbove();
  }

  protected onLeave(): void {
    if (!this.drag) this.handlers.onPoint(null, 0, 0);
  }
}
