/**
 * A scene, drawn with a pen in units of the scene.
 *
 * It is drawn piece by piece: `paintScene` pauses after every few boxes, so that a scene of any size can be drawn without
 * holding up the page, and an SVG is made by the same code in one go. What would be too small to be seen is left out.
 */

import type { Shape, Stroke } from "../../draw/pen";
import { ATTACHED_FROM, ATTACHED_ROOM, ATTACHED_STEP, HEADER } from "../../graphs/layout/sizes";
import type { Attachment, Box, Edge } from "../../graphs/scene";
import type { Rect } from "./camera";
import { along, arrowAt, curveAlong } from "./curve";
import type { BoxColors, BoxPalette } from "./look";
import type { SceneIndex } from "./scene_index";
import { fitted, type ShapePen, textWidth } from "./shape_pen";

export const HEAD = HEADER;
const RADIUS = 6;
const NAME_SIZE = 12;
const SMALL_SIZE = 10;
/** Letters smaller than this on the screen are not drawn; where there is room they are drawn larger than usual. */
const LEAST_LETTERS = 6.5;
const GOOD_LETTERS = 10;
/** Boxes smaller than this on the screen are plain. */
const PLAIN_BOX = 7;
const LEAST_BOX = 0.7;
const PAUSE_AFTER = 60;
const WIDEST_LINE = 5;
const STACK_STEP = 4;
/** Where the sign stands that opens and closes a box: from its right edge. */
const SIGN_FROM_RIGHT = 14;
const SIGN_SIZE = 4;
/** The sign is there in boxes that are so high on the screen. */
export const LEAST_SIGNED = 14;
const SIDE = 8;

export interface Painting {
  index: SceneIndex;
  palette: BoxPalette;
  /** CSS pixels a unit: what is too small to be seen is left out. */
  zoom: number;
  /** No letters at all. */
  isMute?: boolean;
}

/** Draw what lies in `rect`, one pause after another. */
export function* paintScene(pen: ShapePen, painting: Painting, rect: Rect): Generator<void> {
  const { index, palette, zoom, isMute = false } = painting;
  let count = 0;
  const boxes = index.boxesIn(withMargin(rect));
  const closed: Box[] = [];
  for (const box of boxes) {
    if (box.width * zoom < LEAST_BOX) continue;
    if (box.isExpanded) paintOpen(pen, box, palette.colors(box), painting);
    else closed.push(box);
    if (++count % PAUSE_AFTER === 0) yield;
  }
  for (const edge of index.edgesIn(rect)) {
    paintEdge(pen, edge, edgeColor(edge, index, palette), zoom);
    if (++count % PAUSE_AFTER === 0) yield;
  }
  for (const box of isMute ? [] : boxes) {
    if (box.isExpanded) paintHead(pen, box, palette.colors(box), painting);
    if (++count % PAUSE_AFTER === 0) yield;
  }
  for (const box of closed) {
    paintClosed(pen, box, palette.colors(box), painting);
    if (++count % PAUSE_AFTER === 0) yield;
  }
  if (isMute || zoom < LEAST_LETTERS / SMALL_SIZE) return;
  for (const edge of index.edgesIn(rect)) {
    if (!isDimmedEdge(edge, index, palette)) paintEdgeLabel(pen, edge, painting);
    if (++count % PAUSE_AFTER === 0) yield;
  }
}

/** Stacks and attachments reach out of their boxes. */
const withMargin = ({ x, y, width, height }: Rect): Rect => ({
  x: x - 120,
  y: y - 16,
  width: width + 240,
  height: height + 32,
});

/** The place of the sign that opens or closes a box. */
export function signOf(box: Box): { x: number; y: number } {
  return { x: box.x + box.width - SIGN_FROM_RIGHT, y: box.y + Math.min(HEAD, box.height) / 2 };
}

export const SIGN_REACH = 12;

const thin = (zoom: number): number => Math.max(1, 0.7 / zoom);

function isDimmedEdge({ from, to }: Edge, index: SceneIndex, palette: BoxPalette): boolean {
  return [from, to].some((id) => {
    const box = index.byId.get(id);
    return box ? palette.isDimmed(box) : false;
  });
}

const edgeColor = (edge: Edge, index: SceneIndex, palette: BoxPalette): string =>
  isDimmedEdge(edge, index, palette) ? palette.look.faintLine : palette.look.line;

// What is led along the same points again and again is computed once.
const curves = new WeakMap<Edge, number[]>();

export function curveOf(edge: Edge): number[] {
  let curve = curves.get(edge);
  if (!curve) {
    curve = curveAlong(edge.points);
    curves.set(edge, curve);
  }
  return curve;
}

/** As wide as its tensor is large, by orders of magnitude. */
export function lineWidth({ size, count }: Edge): number {
  const by = size && size > 1 ? Math.log10(size) * 0.35 : Math.log10(Math.max(1, count));
  return Math.min(WIDEST_LINE, 1 + Math.max(0, by));
}

export function paintEdge(pen: ShapePen, edge: Edge, color: string, zoom: number, more = 0): void {
  const { points } = edge;
  if (points.length < 4) return;
  const width = Math.max(lineWidth(edge) + more, thin(zoom) * 0.8);
  const stroke: Stroke = { color, width, ...(edge.isControl ? { dash: [4, 4] } : {}) };
  const headSize = 6 + width * 1.3;
  const arrow = headSize * zoom < 2.5 ? null : arrowAt(points, headSize);
  const knots = curveOf(edge);
  if (!arrow) {
    pen.curve(knots, stroke);
    return;
  }
  const shortened = knots.slice();
  const end = shortened.length - 2;
  shortened[end] = arrow.neck.x;
  shortened[end + 1] = arrow.neck.y;
  pen.curve(shortened, stroke);
  pen.path(arrow.corners, { fill: color, closed: true });
}

export function paintEdgeLabel(pen: ShapePen, edge: Edge, { index, palette, zoom }: Painting): void {
  const place = edge.label ? labelPlace(edge, index) : null;
  if (!place) return;
  const size = Math.min(SMALL_SIZE * 1.4, Math.max(SMALL_SIZE, 8 / zoom));
  const text = fitted(edge.label, size, WIDEST_LABEL);
  const width = textWidth(text, size);
  const { x, y, over } = place;
  const fill = over ? palette.colors(over).body : palette.look.ground;
  pen.box(x - width / 2 - 4, y - size * 0.7, width + 8, size * 1.4, 4, { fill, fillOpacity: 0.9 });
  pen.text(x, y, text, { color: palette.look.muted, anchor: "middle", size });
}

interface LabelPlace {
  x: number;
  y: number;
  /** The open box that it lies in. */
  over: Box | null;
}

const WIDEST_LABEL = 160;
const places = new WeakMap<Edge, LabelPlace | null>();

/** Where on an edge its label covers no box, no name of one and no other label, as near to its middle as can be; null if nowhere. */
function labelPlace(edge: Edge, index: SceneIndex): LabelPlace | null {
  let place = places.get(edge);
  if (place === undefined) {
    place = findPlace(edge, index);
    places.set(edge, place);
  }
  return place;
}

/** Whether a label is wholly below the head of an open box, and within its borders. */
const isWithin = (box: Box, x: number, y: number, half: number): boolean =>
  box.isExpanded &&
  y - 9 >= box.y + HEAD - 4 &&
  y + 9 <= box.y + box.height &&
  x - half >= box.x &&
  x + half <= box.x + box.width;

function findPlace(edge: Edge, index: SceneIndex): LabelPlace | null {
  const points = along(curveOf(edge));
  const middle = (points.length - 1) / 2;
  const width = Math.min(WIDEST_LABEL, textWidth(edge.label, SMALL_SIZE)) + 6;
  const order = points.map((_, at) => at).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  for (const at of order) {
    const { x, y } = points[at] as { x: number; y: number };
    const below = index.boxesIn({ x: x - width / 2, y: y - 7, width, height: 14 });
    const isCovering = below.some((box) => !isWithin(box, x, y, width / 2));
    if (!isCovering && index.labels.take({ x: x - width / 2, y: y - 7, width, height: 14 })) {
      return { x, y, over: below.at(-1) ?? null };
    }
  }
  return null;
}

function paintOpen(pen: ShapePen, box: Box, colors: BoxColors, { zoom }: Painting): void {
  const stroke = { color: colors.border, width: thin(zoom) };
  pen.box(box.x, box.y, box.width, box.height, RADIUS + 2, { fill: colors.body, stroke });
}

/** The name of an open box and what it holds, above the lines that run into it. */
function paintHead(pen: ShapePen, box: Box, colors: BoxColors, { zoom }: Painting): void {
  const { x, y, width } = box;
  const room = width - 48;
  const size = lettersFor(box.name, HEAD * 0.8, room, zoom);
  if (size === 0) return;
  const name = fitted(titleOf(box), size, room, 600);
  const middle = y + HEAD / 2 + 1;
  const nameWidth = textWidth(name, size, 600);
  const from = x + 12 + nameWidth + 8;
  const noteRoom = x + width - SIGN_FROM_RIGHT * 2 - from;
  const isNoted = SMALL_SIZE * zoom >= LEAST_LETTERS && noteRoom > 30;
  const note = isNoted ? fitted(countWords(box), SMALL_SIZE + 1, noteRoom) : "";
  const noteWidth = note ? textWidth(note, SMALL_SIZE + 1) + 8 : 0;
  pen.box(x + 8, middle - size * 0.7, nameWidth + noteWidth + 8, size * 1.4, 4, {
    fill: colors.body,
    fillOpacity: 0.85,
  });
  pen.text(x + 12, middle, name, { color: colors.text, size, weight: 600 });
  if (note) pen.text(from, middle, note, { color: colors.muted, size: SMALL_SIZE + 1 });
  if (HEAD * zoom >= LEAST_SIGNED) paintSign(pen, box, colors.muted, zoom);
}

const titleOf = ({ kind, name }: Box): string => (kind === "function" ? `ƒ ${name}` : name);

export const countWords = ({ count }: Box): string => (count === 1 ? "1 op" : `${count} ops`);

function paintClosed(pen: ShapePen, box: Box, colors: BoxColors, painting: Painting): void {
  const { zoom, isMute } = painting;
  const { x, y, width, height, kind } = box;
  if (Math.min(width, height) * zoom < PLAIN_BOX) {
    pen.rect(x, y, width, height, colors.border);
    return;
  }
  const stroke = { color: colors.border, width: thin(zoom), ...(box.isExtracted ? { dash: [4, 3] } : {}) };
  const shape: Shape = { fill: colors.fill, stroke };
  const radius = kind === "op" ? height / 2 : RADIUS;
  if (kind === "series") {
    for (const by of [2 * STACK_STEP, STACK_STEP]) pen.box(x + by, y + by, width, height, radius, shape);
  }
  pen.box(x, y, width, height, radius, shape);
  if (isMute) return;
  paintName(pen, box, colors, zoom);
  if (zoom * SMALL_SIZE >= LEAST_LETTERS) paintAttachments(pen, box, colors, painting);
}

function paintName(pen: ShapePen, box: Box, colors: BoxColors, zoom: number): void {
  const { x, y, width, height, kind } = box;
  const isLarge = height >= 36;
  // The sign on the right has its own room.
  const right = box.canExpand && height * zoom >= LEAST_SIGNED ? SIGN_FROM_RIGHT + 10 : SIDE;
  const room = width - SIDE - right;
  const centre = x + SIDE + room / 2;
  const second = kind === "op" ? (box.op === box.name ? "" : box.op) : countWords(box);
  const hasSecond = isLarge && second !== "" && SMALL_SIZE * zoom >= LEAST_LETTERS;
  const size = lettersFor(box.name, hasSecond ? NAME_SIZE : height * 0.6, room, zoom);
  if (size > 0) {
    const weight = kind === "op" ? 400 : 500;
    const name = fitted(titleOf(box), size, room, weight);
    const middle = y + height / 2;
    pen.text(centre, hasSecond ? middle - 7 : middle + 0.5, name, {
      color: colors.text,
      anchor: "middle",
      size,
      weight,
    });
    if (hasSecond) {
      const told = fitted(second, SMALL_SIZE, room);
      pen.text(centre, middle + 8, told, { color: colors.muted, anchor: "middle", size: SMALL_SIZE });
    }
  }
  if (box.canExpand && height * zoom >= LEAST_SIGNED) paintSign(pen, box, colors.muted, zoom);
}

/** The size of a name: as usual, or larger in a view from afar as far as there is room; 0 where it could not be read. */
function lettersFor(name: string, most: number, room: number, zoom: number): number {
  if (room <= 0) return 0;
  const wanted = Math.max(NAME_SIZE, GOOD_LETTERS / zoom);
  const natural = textWidth(name.slice(0, 40), 1, 500);
  // Rather a smaller whole name than a larger part of it, as long as it can be read.
  const whole = Math.max(NAME_SIZE, (LEAST_LETTERS + 1) / zoom, room / Math.max(natural, 1));
  const size = Math.min(wanted, Math.max(most, NAME_SIZE), whole);
  return size * zoom >= LEAST_LETTERS && room >= size * 2 ? size : 0;
}

function paintSign(pen: ShapePen, box: Box, color: string, zoom: number): void {
  const { x, y } = signOf(box);
  const stroke = { color, width: Math.max(1.4, thin(zoom)) };
  pen.path([x - SIGN_SIZE, y, x + SIGN_SIZE, y], { stroke });
  if (!box.isExpanded) pen.path([x, y - SIGN_SIZE, x, y + SIGN_SIZE], { stroke });
}

/**
 * What is folded onto a box: dots at its side with their names, what feeds it on the left, what it feeds on the right;
 * where lines run from left to right, all of it is below.
 */
function paintAttachments(pen: ShapePen, box: Box, colors: BoxColors, { zoom, index }: Painting): void {
  const color = colors.border;
  const rows = (of: readonly Attachment[], more: number): string[] => [
    ...of.map(({ name }) => name),
    ...(more ? [`${more} more`] : []),
  ];
  const write = (name: string, x: number, y: number, anchor: "start" | "middle" | "end"): void => {
    pen.text(x, y, fitted(name, SMALL_SIZE, ATTACHED_ROOM), { color: colors.muted, anchor, size: SMALL_SIZE });
  };
  if (index.direction === "right") {
    rows(box.attachments, box.moreAttachments).forEach((name, row) => {
      const y = box.y + box.height + 8 + row * ATTACHED_STEP;
      pen.circle(box.x + 14, y, 2.5, { fill: color });
      write(name, box.x + 22, y, "start");
    });
    return;
  }
  const stroke = { color, width: thin(zoom) };
  for (const isInput of [true, false]) {
    const all = rows(
      box.attachments.filter((one) => one.isInput === isInput),
      isInput ? box.moreAttachments : 0,
    );
    const [edge, away] = isInput ? [box.x, -1] : [box.x + box.width, 1];
    all.forEach((name, row) => {
      const y = box.y + box.height / 2 + (row - (all.length - 1) / 2) * ATTACHED_STEP;
      pen.path([edge, y, edge + away * 6, y], { stroke });
      pen.circle(edge + away * 8, y, 2.5, { fill: color });
      write(name, edge + away * ATTACHED_FROM, y, isInput ? "end" : "start");
    });
  }
}
