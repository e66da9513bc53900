/**
 * Turning, moving and zooming a mesh: with a mouse (left, right or with Shift, wheel), with one finger or two, with keys.
 *
 * On a page that scrolls, wheel and finger are the page's until the mesh was clicked (Escape gives them back), or is alone on the screen.
 */

import { type Camera, panned, turned, zoomed } from "./scene/camera";

export interface Held {
  camera(): Camera | null;
  /** Degrees. */
  fov(): number;
  /** In CSS pixels. */
  height(): number;
  /** Whether the wheel zooms by itself. */
  wheelAlone(): boolean;
  change(camera: Camera): void;
  reset(): void;
}

const TURN_A_PIXEL = 0.008;
const ZOOM_A_PIXEL = 0.0015;
const LINE_PIXELS = 24;
const TURN_A_KEY = Math.PI / 24;
const MOVE_A_KEY = 0.05;
const ZOOM_A_KEY = 1.2;
const RIGHT_BUTTON = 2;

const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ZOOMS: Partial<Record<string, number>> = {
  "+": 1 / ZOOM_A_KEY,
  "=": 1 / ZOOM_A_KEY,
  "-": ZOOM_A_KEY,
  _: ZOOM_A_KEY,
};

interface Finger {
  x: number;
  y: number;
}

export function listenToGestures(element: HTMLElement, held: Held): () => void {
  const abort = new AbortController();
  const fingers = new Map<number, Finger>();
  let moves = false;
  const on = <K extends keyof HTMLElementEventMap>(
    kind: K,
    act: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ): void => element.addEventListener(kind, act, { ...options, signal: abort.signal });
  const change = (make: (camera: Camera) => Camera): void => {
    const camera = held.camera();
    if (camera) held.change(make(camera));
  };
  const pan = (right: number, down: number): void =>
    change((camera) => panned(camera, right / held.height(), down / held.height(), held.fov()));

  on("pointerdown", (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moves = event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey;
    element.setPointerCapture(event.pointerId);
  });
  on("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (other) {
      const [was, is] = [apart(before, other), Math.max(1, apart({ x: event.clientX, y: event.clientY }, other))];
      change((camera) => zoomed(camera, was / is));
      // Two fingers that move together move it as far as they do.
      pan(dx / 2, dy / 2);
    } else if (moves) pan(dx, dy);
    else change((camera) => turned(camera, -dx * TURN_A_PIXEL, -dy * TURN_A_PIXEL));
  });
  for (const kind of ["pointerup", "pointercancel"] as const) on(kind, (event) => fingers.delete(event.pointerId));
  on("contextmenu", (event) => {
    if (event.button === RIGHT_BUTTON) event.preventDefault();
  });
  on("dblclick", () => held.reset());
  on(
    "wheel",
    (event) => {
      const isOurs = held.wheelAlone() || event.ctrlKey || event.metaKey || event.altKey;
      if (!isOurs && document.activeElement !== element) return;
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
      change((camera) => zoomed(camera, Math.exp(pixels * ZOOM_A_PIXEL)));
    },
    { passive: false },
  );
  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const zoom = ZOOMS[event.key];
    if (arrow && event.shiftKey) {
      const step = MOVE_A_KEY * held.height();
      pan(arrow[0] * step, arrow[1] * step);
    } else if (arrow) change((camera) => turned(camera, arrow[0] * TURN_A_KEY, arrow[1] * TURN_A_KEY));
    else if (zoom) change((camera) => zoomed(camera, zoom));
    else if (event.key === "0" || event.key === "Home") held.reset();
    else if (event.key === "Escape" && !held.wheelAlone()) element.closest<HTMLElement>(".card")?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return () => abort.abort();
}

const apart = (a: Finger, b: Finger): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
