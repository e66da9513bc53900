/** Parallel coordinates on two canvases: lines below, axes and what is marked above, which changes with the pointer. */

import { prepare, type Surface } from "../../../draw/canvas";
import type { Span } from "../brush";
import { LayeredView } from "../layered_view";
import { axisAt, dropBefore, type Layout, type Line, nearest, shareAt } from "./layout";
import { BRUSH_WIDTH, type Colors, paintAbove, paintLines } from "./paint";

export interface Handlers {
  /** The line that is pointed at. */
  onPoint(key: string | null, clientX: number, clientY: number): void;
  onPick(key: string | null): void;
  /** What is brushed on an axis; null to let go of it. */
  onBrush(id: string, span: Span | null): void;
}

interface Drag {
  id: string;
  /** Where on the axis it began, 0–1. */
  from: number;
  /** The brush as it was, if that is moved, or the end of it that stays. */
  span: Span | null;
  mode: "new" | "move" | "low" | "high";
  moved: boolean;
  startY: number;
}

const REACH = 14;
const AXIS_REACH = 12;
const EDGE_REACH = 6;
const DRAG_PX = 4;

export class ParallelView extends LayeredView<Layout> {
  private drag: Drag | null = null;

  constructor(
    lines: HTMLCanvasElement,
    above: HTMLCanvasElement,
    private readonly handlers: Handlers,
  ) {
    super(lines, above);
  }

  /** Before which axis one stands that is dropped at a place in the window. */
  dropAt(id: string, clientX: number): string | null {
    return this.layout && dropBefore(this.layout, id, clientX - this.above.getBoundingClientRect().left);
  }

  protected paintBelow(surface: Surface, layout: Layout, colors: Colors): void {
    paintLines(surface, layout, colors);
  }

  protected paintAbove(): void {
    const { layout, colors } = this;
    const surface = layout && prepare(this.above, layout.width, layout.height);
    if (!surface || !colors) return;
    const lines = this.marked.flatMap((key): Line[] => layout.lines.filter((line) => line.key === key && line.on));
    paintAbove(surface, layout, lines, colors);
  }

  protected onDown(event: PointerEvent): void {
    const { layout } = this;
    if (!layout || event.button !== 0) return;
    const { x, y } = this.place(event);
    const axis = axisAt(layout, x, AXIS_REACH);
    if (!axis) return;
    this.above.setPointerCapture(event.pointerId);
    const from = shareAt(layout, y);
    const reach = EDGE_REACH / (layout.bottom - layout.top);
    const span = axis.span;
    const isInside = span && from >= span[0] - reach && from <= span[1] + reach && Math.abs(axis.x - x) <= BRUSH_WIDTH;
    // Names have no in-between: their brush is made anew.
    const canGrab = isInside && axis.scale.kind !== "category";
    const mode = !canGrab
      ? "new"
      : Math.abs(from - span[0]) <= reach
        ? "low"
        : Math.abs(from - span[1]) <= reach
          ? "high"
          : "move";
    this.drag = { id: axis.id, from, span, mode, moved: false, startY: y };
    this.handlers.onPoint(null, 0, 0);
  }

  protected onMove(event: PointerEvent): void {
    const { layout, drag } = this;
    if (!layout) return;
    const { x, y } = this.place(event);
    if (!drag) {
      const axis = axisAt(layout, x, AXIS_REACH);
      const inside = y >= layout.top - 4 && y <= layout.bottom + 4;
      this.above.style.cursor = axis && inside ? "ns-resize" : "default";
      const line = nearest(layout, x, y, REACH);
      this.handlers.onPoint(line?.key ?? null, event.clientX, event.clientY);
      return;
    }
    drag.moved ||= Math.abs(y - drag.startY) > DRAG_PX;
    if (drag.moved) this.handlers.onBrush(drag.id, dragged(drag, shareAt(layout, y)));
  }

  protected onUp(event: PointerEvent): void {
    const { layout, drag } = this;
    this.drag = null;
    if (!layout || event.button !== 0) return;
    const { x, y } = this.place(event);
    if (drag?.moved) {
      // Where it ends, also if moves in between were left out.
      this.handlers.onBrush(drag.id, dragged(drag, shareAt(layout, y)));
      return;
    }
    if (drag?.span && drag.mode !== "low" && drag.mode !== "high") this.handlers.onBrush(drag.id, null);
    else this.handlers.onPick(nearest(layout, x, y, REACH)?.key ?? null);
  }

  protected onCancel(): void {
    this.drag = null;
  }

  protected onLeave(): void {
    if (!this.drag) this.handlers.onPoint(null, 0, 0);
  }
}

/** The brush that a drag to `now` makes. */
function dragged({ from, span, mode }: Drag, now: number): Span {
  if (!span || mode === "new") return [Math.min(from, now), Math.max(from, now)];
  if (mode === "low") return [Math.min(now, span[1]), Math.max(now, span[1])];
  if (mode === "high") return [Math.min(now, span[0]), Math.max(now, span[0])];
  const by = Math.min(1 - span[1], Math.max(-span[0], now - from));
  return [span[0] + by, span[1] + by];
}
