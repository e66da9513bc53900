/**
 * Where every box and every line is.
 *
 * Scopes are laid out from the inside out, each by itself: an open box is a box of known size to what is around it. A
 * line across borders is put together from the parts that it has in each scope. Scopes that look alike are laid out
 * once, and what was laid out before is kept, so that opening a box does again only what is around it.
 */

import type { Direction } from "../scene";
import { type Graph, meeting, type Shown } from "../shown";
import { placeCarefully, takesLong } from "./careful";
import { placeCoarsely } from "./coarse";
import { GAP_DOWN, GAP_RIGHT, type LocalGraph, type LocalPlaces } from "./local";
import { EXTRACTED_GAP, HEADER, headerWidth, MOST_ATTACHMENTS, marginFor, PADDING, sizeOf } from "./sizes";

const MOST_KEPT = 3000;
/** How far around a box a line is led. */
const DETOUR = 8;

export interface Arranged {
  /** Left, top, width and height by box. */
  place: Map<number, { x: number; y: number; width: number; height: number }>;
  /** Points by line, as in `Shown.lines`. */
  routes: Float32Array[];
  width: number;
  height: number;
  /** Scopes that were laid out coarsely. */
  coarse: number[];
}

/** A scope that is laid out, in its own coordinates. */
interface Scope {
  children: number[];
  /** Places in `children`, by box. */
  index: Map<number, number>;
  beside: number[];
  graph: LocalGraph;
  places: LocalPlaces;
  edges: Map<string, number>;
  entries: Map<number, number>;
  exits: Map<number, number>;
  /** Where the laid out part begins within the box. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Layouts of scopes by what they consist of. */
export type Kept = Map<string, LocalPlaces>;

export function arrange(graph: Graph, shown: Shown, direction: Direction, kept: Kept): Arranged {
  const { tree } = graph;
  const isRight = direction === "right";
  const crossing = crossings(tree.ops, shown);
  const scopes = new Map<number, Scope>();
  const sizes = new Map<number, { width: number; height: number }>();
  const order = [tree.ops, ...shown.boxes];
  for (let at = order.length - 1; at >= 0; at--) {
    const box = order[at] ?? 0;
    if (box !== tree.ops && !shown.open.has(box)) {
      sizes.set(box, sizeOf(tree.name[box] ?? "", secondLine(graph, box), (tree.children[box]?.length ?? 0) > 0));
      continue;
    }
    const scope = layScope(box, shown, crossing, sizes, isRight, kept);
    const isRoot = box === tree.ops;
    scope.top = isRoot ? PADDING : HEADER + PADDING / 2;
    scope.left = PADDING;
    const least = isRoot ? 0 : headerWidth(tree.name[box] ?? "");
    const inside = Math.max(scope.width, least - 2 * PADDING);
    scope.left += Math.round((inside - scope.width) / 2);
    const size = { width: inside + 2 * PADDING, height: scope.height + scope.top + PADDING };
    scope.width = size.width;
    scope.height = size.height;
    sizes.set(box, size);
    scopes.set(box, scope);
  }
  return compose(tree.ops, shown, scopes, sizes, isRight);
}

/** What a box says below its name. */
export function secondLine({ tree }: Graph, box: number): string {
  if (box >= tree.ops) return `${((tree.end[box] ?? 0) - (tree.start[box] ?? 0)).toLocaleString("en")} operations`;
  const op = tree.table.ops[tree.table.op[box] ?? -1] ?? "";
  return op === tree.name[box] ? "" : op;
}

interface Crossings {
  /** Pairs of siblings that lines run between, by the box around them. */
  edges: Map<number, Map<string, [number, number]>>;
  /** Children that lines reach across the border, by the box around them. */
  entries: Map<number, Set<number>>;
  exits: Map<number, Set<number>>;
}

function crossings(root: number, { lines, outer }: Shown): Crossings {
  const found: Crossings = { edges: new Map(), entries: new Map(), exits: new Map() };
  const climb = (from: number, until: number, into: Map<number, Set<number>>): void => {
    for (let box = from; box !== until; ) {
      const around = outer.get(box) ?? root;
      const set = into.get(around);
      if (set) set.add(box);
      else into.set(around, new Set([box]));
      box = around;
    }
  };
  for (const { from, to } of lines) {
    const ends = meeting(from, to, outer);
    if (!ends) continue;
    const around = outer.get(ends[0]) ?? root;
    const key = `${ends[0]} ${ends[1]}`;
    const pairs = found.edges.get(around);
    if (pairs) pairs.set(key, ends);
    else found.edges.set(around, new Map([[key, ends]]));
    climb(from, ends[0], found.exits);
    climb(to, ends[1], found.entries);
  }
  return found;
}

function layScope(
  box: number,
  shown: Shown,
  crossing: Crossings,
  sizes: ReadonlyMap<number, { width: number; height: number }>,
  isRight: boolean,
  kept: Kept,
): Scope {
  const every = shown.inner.get(box) ?? [];
  const children = every.filter((child) => !shown.extracted.has(child));
  const beside = every.filter((child) => shown.extracted.has(child));
  const index = new Map(children.map((child, at) => [child, at]));
  const pairs = [...(crossing.edges.get(box) ?? new Map<string, [number, number]>())];
  const at = (child: number): number => index.get(child) ?? -1;
  const inside = (of: Iterable<number>): number[] => [...of].map(at).filter((place) => place >= 0);
  const known = pairs.filter(([, [from, to]]) => index.has(from) && index.has(to));
  const entries = inside(crossing.entries.get(box) ?? []);
  const exits = inside(crossing.exits.get(box) ?? []);
  const size = (child: number): { width: number; height: number } => sizes.get(child) ?? { width: 0, height: 0 };
  const graph: LocalGraph = {
    widths: children.map((child) => (isRight ? size(child).height : size(child).width)),
    heights: children.map((child) => (isRight ? size(child).width : size(child).height)),
    margins: children.map((child) => marginFor(attachedTo(child, shown), isRight)),
    edges: known.map(([, [from, to]]) => [at(from), at(to)] as const),
    entries,
    exits,
    gap: isRight ? GAP_RIGHT : GAP_DOWN,
  };
  const places = placed(graph, kept);
  const scope: Scope = {
    children,
    index,
    beside,
    graph,
    places,
    edges: new Map(known.map(([key], place) => [key, place])),
    entries: new Map(entries.map((child, place) => [children[child] ?? -1, place])),
    exits: new Map(exits.map((child, place) => [children[child] ?? -1, place])),
    left: 0,
    top: 0,
    width: Math.ceil(isRight ? places.height : places.width),
    height: Math.ceil(isRight ? places.width : places.height),
  };
  const aside = beside.map(size);
  if (aside.length) {
    scope.width += (children.length ? EXTRACTED_GAP : 0) + Math.max(...aside.map(({ width }) => width));
    scope.height = Math.max(
      scope.height,
      aside.reduce((sum, { height }) => sum + height + EXTRACTED_GAP / 2, -EXTRACTED_GAP / 2),
    );
  }
  return scope;
}

/** What is written beside a box for what is folded onto it. */
function attachedTo(box: number, { attachments }: Shown): string[] {
  const names = (attachments.get(box) ?? []).map(({ name }) => name);
  return names.length > MOST_ATTACHMENTS ? [...names.slice(0, MOST_ATTACHMENTS), "99 more"] : names;
}

function placed(graph: LocalGraph, kept: Kept): LocalPlaces {
  const key = JSON.stringify(graph);
  const known = kept.get(key);
  if (known) {
    // What was used last is let go of last.
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const places = takesLong(graph) ? placeCoarsely(graph) : placeCarefully(graph);
  kept.set(key, places);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return places;
}

function compose(
  root: number,
  shown: Shown,
  scopes: ReadonlyMap<number, Scope>,
  sizes: ReadonlyMap<number, { width: number; height: number }>,
  isRight: boolean,
): Arranged {
  const place: Arranged["place"] = new Map();
  const whole = sizes.get(root) ?? { width: 0, height: 0 };
  place.set(root, { x: 0, y: 0, ...whole });
  const coarse: number[] = [];
  for (const box of [root, ...shown.boxes]) {
    const scope = scopes.get(box);
    const own = place.get(box);
    if (!scope || !own) continue;
    if (scope.places.isCoarse && scope.children.length > 1) coarse.push(box);
    const left = own.x + scope.left;
    const top = own.y + scope.top;
    const { x, y } = scope.places;
    scope.children.forEach((child, at) => {
      const [right, down] = isRight ? [y[at] ?? 0, x[at] ?? 0] : [x[at] ?? 0, y[at] ?? 0];
      place.set(child, { x: left + right, y: top + down, ...(sizes.get(child) ?? { width: 0, height: 0 }) });
    });
    const main = Math.ceil(isRight ? scope.places.height : scope.places.width);
    let down = top;
    for (const child of scope.beside) {
      const size = sizes.get(child) ?? { width: 0, height: 0 };
      place.set(child, { x: left + main + (scope.children.length ? EXTRACTED_GAP : 0), y: down, ...size });
      down += size.height + EXTRACTED_GAP / 2;
    }
  }
  const led = shown.lines.map(({ from, to }) => lead(root, from, to, shown, scopes, place, isRight));
  return { place, routes: led, width: whole.width, height: whole.height, coarse };
}

/** The points of a line, from part to part. */
function lead(
  root: number,
  from: number,
  to: number,
  { outer }: Shown,
  scopes: ReadonlyMap<number, Scope>,
  place: Arranged["place"],
  isRight: boolean,
): Float32Array {
  const ends = meeting(from, to, outer);
  if (!ends) return new Float32Array();
  const points: number[] = [];
  // Of two parts that meet at a border, the inner one says where.
  const add = (scopeBox: number, route: readonly number[] | undefined, first: number, last: number): void => {
    const scope = scopes.get(scopeBox);
    const own = place.get(scopeBox);
    if (!scope || !own || !route) return;
    for (let at = first; at < route.length / 2 - last; at++) {
      const x = route[2 * at] ?? 0;
      const y = route[2 * at + 1] ?? 0;
      points.push(own.x + scope.left + (isRight ? y : x), own.y + scope.top + (isRight ? x : y));
    }
  };
  const toBorder = (box: number): void => {
    const own = place.get(box);
    if (!own) return;
    const x = points[points.length - 2] ?? 0;
    const y = points[points.length - 1] ?? 0;
    if (isRight) points.push(own.x + own.width, y);
    else points.push(x, own.y + own.height);
  };
  let box = from;
  while (box !== ends[0]) {
    const around = outer.get(box) ?? root;
    const scope = scopes.get(around);
    add(around, scope?.places.exitRoutes[scope.exits.get(box) ?? -1], box === from ? 0 : 1, 0);
    toBorder(around);
    box = around;
  }
  const level = outer.get(ends[0]) ?? root;
  const scope = scopes.get(level);
  const route = scope?.places.routes[scope.edges.get(`${ends[0]} ${ends[1]}`) ?? -1];
  if (scope && route && from !== ends[0]) add(level, detour(scope, ends[0], route, true), 0, 0);
  add(level, route, from === ends[0] ? 0 : 1, to === ends[1] ? 0 : 1);
  if (scope && route && to !== ends[1]) add(level, detour(scope, ends[1], route, false), 0, 0);
  const inward: number[] = [];
  for (let at = to; at !== ends[1]; at = outer.get(at) ?? root) inward.push(at);
  for (const child of inward.reverse()) {
    const around = outer.get(child) ?? root;
    const of = scopes.get(around);
    const own = place.get(around);
    const entry = of?.places.entryRoutes[of.entries.get(child) ?? -1];
    if (own && of && entry) {
      const across = (entry[0] ?? 0) + (isRight ? own.y + of.top : own.x + of.left);
      if (isRight) points.push(own.x, across);
      else points.push(across, own.y);
    }
    add(around, entry, 0, child === to ? 0 : 1);
  }
  return Float32Array.from(points);
}

/** A line that leads upwards leaves an open box below, or enters one above, and has to get around it. */
function detour(scope: Scope, box: number, route: readonly number[], isExit: boolean): number[] {
  const at = scope.index.get(box) ?? -1;
  const left = scope.places.x[at] ?? 0;
  const top = scope.places.y[at] ?? 0;
  const right = left + (scope.graph.widths[at] ?? 0);
  const bottom = top + (scope.graph.heights[at] ?? 0);
  const end = isExit ? 1 : route.length - 1;
  const next = isExit ? 2 : route.length - 4;
  const isAbove = Math.abs((route[end] ?? 0) - top) < Math.abs((route[end] ?? 0) - bottom);
  if (isAbove !== isExit) return [];
  const side = (route[next] ?? 0) < (left + right) / 2 ? left - DETOUR : right + DETOUR;
  return [side, bottom + DETOUR, side, top - DETOUR];
}
