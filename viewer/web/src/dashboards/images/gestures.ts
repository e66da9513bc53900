/** Zooming and moving a picture with wheel and pointer. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Frame, overflows, type Point, panBy, zoomAt } from "./geometry";
import { setView, viewOf } from "./views";

interface Options {
  tag: string;
  /** Null until the picture is there. */
  frame: Frame | null;
  /** Whether the wheel zooms by itself; on a page that scrolls, only with Ctrl, ⌘ or Alt. */
  wheelAlone: boolean;
  /** A click that moved nothing. */
  onClick?: (() => void) | undefined;
  /** The pointer is at this point of the room; null: it left. */
  onPoint(at: Point | null): void;
}

const ZOOM_A_PIXEL = 0.002;
const LINE_PIXELS = 24;
/** A pointer that moved less has clicked. */
const STILL = 4;

export function useGestures(room: RefObject<HTMLElement | null>, options: Options): void {
  const now = useRef(options);
  now.current = options;
  useEffect(() => {
    const element = room.current;
    return element ? listen(element, () => now.current) : undefined;
  }, []);
}

function listen(element: HTMLElement, now: () => Options): () => void {
  const abort = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    kind: K,
    act: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ): void => element.addEventListener(kind, act, { ...options, signal: abort.signal });
  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let dragged: { from: Point; last: Point; moved: boolean } | null = null;

  on(
    "wheel",
    (event) => {
      const { tag, frame, wheelAlone } = now();
      if (!frame || !(wheelAlone || event.ctrlKey || event.metaKey || event.altKey)) return;
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
      setView(tag, zoomAt(viewOf(tag), Math.exp(-pixels * ZOOM_A_PIXEL), pointOf(event), frame));
      now().onPoint(pointOf(event));
    },
    { passive: false },
  );
  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    const at = { x: event.clientX, y: event.clientY };
    dragged = { from: at, last: at, moved: false };
  });
  on("pointermove", (event) => {
    const { tag, frame, onPoint } = now();
    onPoint(pointOf(event));
    if (!dragged || !frame) return;
    const at = { x: event.clientX, y: event.clientY };
    if (!dragged.moved && Math.hypot(at.x - dragged.from.x, at.y - dragged.from.y) < STILL) return;
    if (!dragged.moved && overflows(viewOf(tag), frame)) element.setPointerCapture(event.pointerId);
    dragged.moved = true;
    if (overflows(viewOf(tag), frame)) {
      setView(tag, panBy(viewOf(tag), at.x - dragged.last.x, at.y - dragged.last.y, frame));
    }
    dragged.last = at;
  });
  on("pointerup", () => {
    if (dragged && !dragged.moved) now().onClick?.();
    dragged = null;
  });
  on("pointercancel", () => {
    dragged = null;
  });
  on("pointerleave", () => now().onPoint(null));
  return () => abort.abort();
}
