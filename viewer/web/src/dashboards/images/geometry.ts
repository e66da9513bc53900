/** Where a picture lies in its place on the card, in CSS pixels: fitted, at actual size, zoomed into, moved. */

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** How a tag's pictures are looked at: `zoom` times as large as they would be, with the point (0..1, 0..1) in the middle. */
export interface View extends Point {
  zoom: number;
}

export interface Box extends Size {
  left: number;
  top: number;
  /** CSS pixels a pixel of the picture. */
  scale: number;
}

/** As CSS has it. */
export function styleOf({ left, top, width, height }: Box): Record<"left" | "top" | "width" | "height", string> {
  return { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
}

export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };

const LEAST_ZOOM = 1;
/** A pixel of the picture is never wider than this. */
const WIDEST_PIXEL = 96;

export interface Frame {
  /** The room there is. */
  room: Size;
  picture: Size;
  /** One device pixel for each pixel of the picture, instead of filling the room. */
  actual: boolean;
  /** Device pixels a CSS pixel. */
  density: number;
}

/** The scale at zoom 1. */
export function baseScale({ room, picture, actual, density }: Frame): number {
  if (actual) return 1 / density;
  return Math.min(room.width / picture.width, room.height / picture.height);
}

/** Where to draw. A picture smaller than the room is in its middle, a larger one leaves none of it empty. */
export function place(view: View, frame: Frame): Box {
  const scale = baseScale(frame) * view.zoom;
  const { room, picture, density } = frame;
  const [width, height] = [picture.width * scale, picture.height * scale];
  // On whole device pixels, or pixels of the picture would be blurred into each other.
  const snap = (at: number): number => Math.round(at * density) / density;
  return {
    left: snap(along(view.x, width, room.width)),
    top: snap(along(view.y, height, room.height)),
    width,
    height,
    scale,
  };
}

function along(middle: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - middle * length));
}

/** The view in which the picture's point at `at` (in the room) stays there while the zoom changes by `factor`. */
export function zoomAt(view: View, factor: number, at: Point, frame: Frame): View {
  const most = Math.max(LEAST_ZOOM, WIDEST_PIXEL / baseScale(frame));
  const zoom = Math.min(most, Math.max(LEAST_ZOOM, view.zoom * factor));
  const before = place(view, frame);
  const point = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
  const { width, height } = { width: frame.picture.width, height: frame.picture.height };
  const scale = baseScale(frame) * zoom;
  const x = point.x - (at.x - frame.room.width / 2) / (width * scale);
  const y = point.y - (at.y - frame.room.height / 2) / (height * scale);
  return settle({ zoom, x, y }, frame);
}

/** The view moved by so many CSS pixels. */
export function panBy(view: View, dx: number, dy: number, frame: Frame): View {
  const { width, height } = place(view, frame);
  return settle({ zoom: view.zoom, x: view.x - dx / width, y: view.y - dy / height }, frame);
}

/** The same picture, told by a middle that can be reached: moving on from it moves at once. */
function settle(view: View, frame: Frame): View {
  const scale = baseScale(frame) * view.zoom;
  const keep = (middle: number, length: number, room: number): number => {
    const half = room / (2 * length);
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, middle));
  };
  return {
    zoom: view.zoom,
    x: keep(view.x, frame.picture.width * scale, frame.room.width),
    y: keep(view.y, frame.picture.height * scale, frame.room.height),
  };
}

/** Whether the picture is larger than its room. */
export function overflows(view: View, frame: Frame): boolean {
  const { width, height } = place(view, frame);
  return width > frame.room.width + 0.5 || height > frame.room.height + 0.5;
}

/** The pixel of the picture at a point of the room; null beside it. */
export function pixelAt(at: Point, box: Box, picture: Size): Point | null {
  const x = Math.floor((at.x - box.left) / box.scale);
  const y = Math.floor((at.y - box.top) / box.scale);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}
