/** A precision-recall chart on the screen: dragging a box shows that part, a double click shows everything. */

import { CanvasView, type PointedAt } from "../../draw/canvas_view";
import type { Picture } from "../../draw/save_drawing";
import { formatValue } from "../../format/numbers";
import type { Size } from "../../ui/use";
import type { Part, PrDrawing, PrSpot } from "./pr_drawing";

const LEAST_DRAG = 6;

export class PrView {
  private readonly view: CanvasView<PrSpot>;
  private readonly box = document.createElement("div");
  private drawing: PrDrawing | undefined;
  private from: { x: number; y: number } | null = null;

  constructor(
    private readonly host: HTMLElement,
    onPoint: (pointed: PointedAt<PrSpot> | null) => void,
    private readonly onPart: (part: Part | null) => void,
  ) {
    this.view = new CanvasView(host, onPoint);
    this.box.className = "drag-box";
    this.box.hidden = true;
    host.append(this.box);
    host.addEventListener("pointerdown", this.down);
    host.addEventListener("pointermove", this.move);
    host.addEventListener("pointerup", this.up);
    host.addEventListener("pointercancel", this.cancel);
    host.addEventListener("dblclick", this.reset);
  }

  show(drawing: PrDrawing, size: Size): void {
    this.drawing = drawing;
    this.view.show(drawing, size);
  }

  /** The chart for saving, with the curves named. */
  picture(tag: string): Picture | null {
    const picture = this.view.picture(tag, "Precision and recall");
    const legend = this.drawing?.curves.map(({ curve, color, dash }) => {
      const area = Number.isNaN(curve.averagePrecision) ? "" : `, AP ${formatValue(curve.averagePrecision)}`;
      return { color, dash, text: `${curve.run}, step ${curve.steps[curve.index]}${area}` };
    });
    return picture && { ...picture, legend: legend ?? [] };
  }

  close(): void {
    this.view.close();
    this.box.remove();
    this.host.removeEventListener("pointerdown", this.down);
    this.host.removeEventListener("pointermove", this.move);
    this.host.removeEventListener("pointerup", this.up);
    this.host.removeEventListener("pointercancel", this.cancel);
    this.host.removeEventListener("dblclick", this.reset);
  }

  private at(event: PointerEvent): { x: number; y: number } {
    const { left, top } = this.host.getBoundingClientRect();
    const frame = this.drawing?.frame ?? { left: 0, right: 0, top: 0, bottom: 0 };
    return {
      x: Math.min(frame.right, Math.max(frame.left, event.clientX - left)),
      y: Math.min(frame.bottom, Math.max(frame.top, event.clientY - top)),
    };
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.from = this.at(event);
    this.host.setPointerCapture(event.pointerId);
  };

  private readonly move = (event: PointerEvent): void => {
    if (!this.from) return;
    const to = this.at(event);
    const { from, box } = this;
    box.hidden = !isDrag(from, to);
    box.style.left = `${Math.min(from.x, to.x)}px`;
    box.style.top = `${Math.min(from.y, to.y)}px`;
    box.style.width = `${Math.abs(to.x - from.x)}px`;
    box.style.height = `${Math.abs(to.y - from.y)}px`;
  };

  private readonly up = (event: PointerEvent): void => {
    const { from } = this;
    const to = this.at(event);
    this.cancel();
    if (from && this.drawing && isDrag(from, to)) this.onPart(this.drawing.partBetween(from, to));
  };

  private readonly cancel = (): void => {
    this.from = null;
    this.box.hidden = true;
  };

  private readonly reset = (): void => this.onPart(null);
}

const isDrag = (from: { x: number; y: number }, to: { x: number; y: number }): boolean =>
  Math.abs(to.x - from.x) >= LEAST_DRAG && Math.abs(to.y - from.y) >= LEAST_DRAG;
