/** The pointer's gestures over a view: drag, click, double click, wheel, pinch, and what a right click asks for. */

import type { Point } from "./camera";

/** Places are CSS pixels of the view. */
export interface Gestures {
  onPan(dx: number, dy: number): void;
  onZoom(at: Point, factor: number): void;
  onHover(at: Point | null): void;
  onClick(at: Point): void;
  onDoubleClick(at: Point): void;
  onMenu(at: Point, clientX: number, clientY: number): void;
}

const DRAG_PX = 4;
/** How much one notch of a wheel zooms. */
const WHEEL = 0.0016;
/** A pinch on a trackpad comes as a wheel with small steps. */
const PINCH = 0.01;
const LINE_PX = 16;
const MOST_STEP = 200;

/** Tell `gestures` what the pointer does over `element`, until the function that is returned is called. */
export function follow(element: HTMLElement, gestures: Gestures): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const down = new Map<number, Point>();
  let moved = false;

  const placeOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 && event.button !== 1) return;
    if (event.button === 1) event.preventDefault();
    element.setPointerCapture(event.pointerId);
    if (down.size === 0) moved = false;
    down.set(event.pointerId, placeOf(event));
    if (down.size > 1) moved = true;
  };

  const onMove = (event: PointerEvent): void => {
    const at = placeOf(event);
    const last = down.get(event.pointerId);
    if (!last) {
      gestures.onHover(at);
      return;
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      pinch(last, at, other);
      down.set(event.pointerId, at);
      return;
    }
    if (!moved && Math.hypot(at.x - last.x, at.y - last.y) < DRAG_PX) return;
    if (!moved) {
      moved = true;
      gestures.onHover(null);
      element.dataset.dragging = "";
    }
    gestures.onPan(at.x - last.x, at.y - last.y);
    down.set(event.pointerId, at);
  };

  const pinch = (last: Point, at: Point, other: Point): void => {
    const before = Math.hypot(last.x - other.x, last.y - other.y);
    const now = Math.hypot(at.x - other.x, at.y - other.y);
    gestures.onPan((at.x - last.x) / 2, (at.y - last.y) / 2);
    if (before > 1 && now > 1) gestures.onZoom({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, now / before);
  };

  const onUp = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId)) return;
    if (down.size === 0) delete element.dataset.dragging;
    if (!moved && event.type === "pointerup" && event.button === 0) gestures.onClick(placeOf(event));
  };

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? element.clientHeight : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.shiftKey) {
      gestures.onPan(-(dx || dy), 0);
      return;
    }
    const step = Math.min(MOST_STEP, Math.max(-MOST_STEP, dy));
    gestures.onZoom(placeOf(event), Math.exp(-step * (event.ctrlKey ? PINCH : WHEEL)));
  };

  element.addEventListener("pointerdown", onDown, { signal });
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerup", onUp, { signal });
  element.addEventListener("pointercancel", onUp, { signal });
  element.addEventListener("pointerleave", () => gestures.onHover(null), { signal });
  element.addEventListener("dblclick", (event) => gestures.onDoubleClick(placeOf(event)), { signal });
  element.addEventListener("wheel", onWheel, { signal, passive: false });
  element.addEventListener(
    "contextmenu",
    (event) => {
      event.preventDefault();
      gestures.onMenu(placeOf(event), event.clientX, event.clientY);
    },
    { signal },
  );
  return () => listening.abort();
}
