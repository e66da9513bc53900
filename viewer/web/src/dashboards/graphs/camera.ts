/** Which part of a scene is seen, and how large. */

import type { Size } from "../../ui/use";

export interface Camera {
  /** What lies in the view's left top corner, in units of the scene. */
  x: number;
  y: number;
  /** CSS pixels a unit. */
  zoom: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export const MOST_ZOOM = 4;
const LEAST_ZOOM = 0.001;
/** Names of boxes can be read from here on. */
const READABLE = 0.55;
/** How near a scene is looked at that is too large to be seen as a whole. */
export const NEAR = READABLE + 0.25;
const MARGIN = 32;
/** So much of a scene stays in the view, however it is dragged. */
const LEAST_SEEN = 80;

export const toScene = ({ x, y, zoom }: Camera, at: Point): Point => ({ x: x + at.x / zoom, y: y + at.y / zoom });

export const toScreen = ({ x, y, zoom }: Camera, at: Point): Point => ({ x: (at.x - x) * zoom, y: (at.y - y) * zoom });

/** What of the scene a view of that size shows. */
export const seenBy = ({ x, y, zoom }: Camera, size: Size): Rect => ({
  x,
  y,
  width: size.width / zoom,
  height: size.height / zoom,
});

/** Zoom by a factor; what lies at `at` of the view stays there. */
export function zoomAt(camera: Camera, at: Point, factor: number): Camera {
  const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, camera.zoom * factor));
  const { x, y } = toScene(camera, at);
  return { x: x - at.x / zoom, y: y - at.y / zoom, zoom };
}

export const panBy = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.zoom,
  y: camera.y - dy / camera.zoom,
});

/** The whole of `rect` in the middle of the view, at most as large as `mostZoom`. */
export function fitTo(rect: Rect, size: Size, mostZoom = 1): Camera {
  const room = (side: number): number => Math.max(1, side - 2 * MARGIN);
  const wanted = Math.min(room(size.width) / Math.max(1, rect.width), room(size.height) / Math.max(1, rect.height));
  return centered(rect, size, Math.min(mostZoom, Math.max(LEAST_ZOOM, wanted)));
}

export const centered = (rect: Rect, size: Size, zoom: number): Camera => ({
  x: rect.x + rect.width / 2 - size.width / zoom / 2,
  y: rect.y + rect.height / 2 - size.height / zoom / 2,
  zoom,
});

/** What a graph is first seen as: all of it where that can be read, else its beginning. `first` is a box there. */
export function firstView(scene: Size, first: Rect | undefined, size: Size): Camera {
  const all = fitTo({ x: 0, y: 0, ...scene }, size);
  if (all.zoom >= READABLE) return all;
  const begin = first ?? { x: 0, y: 0, width: scene.width, height: 0 };
  const camera = centered(begin, size, NEAR);
  const wide = fitTo({ x: 0, y: 0, width: scene.width, height: 1 }, size, camera.zoom);
  // As narrow as it is, its whole width fits beside its beginning.
  const held = wide.zoom >= READABLE ? { ...camera, x: wide.x, zoom: wide.zoom } : camera;
  return { ...held, y: begin.y - MARGIN / held.zoom };
}

/** The camera that shows what was at `before` in the old scene at the same place, now that it is at `after`. */
export const anchored = (camera: Camera, before: Point, after: Point): Camera => ({
  ...camera,
  x: camera.x + after.x - before.x,
  y: camera.y + after.y - before.y,
});

/** The least move and zoom that brings `rect` into the view; or into its middle, wherever it is now. */
export function bringIn(camera: Camera, rect: Rect, size: Size, toMiddle = false): Camera {
  const zoom = Math.max(camera.zoom, READABLE + 0.1);
  const seen = seenBy(camera, size);
  const margin = MARGIN / camera.zoom;
  const inside =
    rect.x >= seen.x + margin &&
    rect.y >= seen.y + margin &&
    rect.x + rect.width <= seen.x + seen.width - margin &&
    rect.y + rect.height <= seen.y + seen.height - margin;
  if (inside && zoom === camera.zoom && !toMiddle) return camera;
  const fits = fitTo(rect, size, zoom);
  if (fits.zoom >= READABLE) return fits;
  // Too large to be read as a whole: its head.
  return { ...centered(rect, size, zoom), y: rect.y - MARGIN / zoom };
}

/** Held so that some of the scene stays in sight. */
export function held(camera: Camera, scene: Size, size: Size): Camera {
  const least = LEAST_SEEN / camera.zoom;
  const hold = (at: number, extent: number, seen: number): number =>
    Math.min(extent - Math.min(least, extent), Math.max(Math.min(least, extent) - seen, at));
  return {
    ...camera,
    x: hold(camera.x, scene.width, size.width / camera.zoom),
    y: hold(camera.y, scene.height, size.height / camera.zoom),
  };
}
