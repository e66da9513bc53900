/** What lies directly in one scope, to be placed: without the names, so that equal scopes are placed once. */

export interface LocalGraph {
  widths: readonly number[];
  heights: readonly number[];
  /** What is left free on either side of a child. */
  margins: readonly number[];
  /** Pairs of children that a line leads between; each pair once, none from a child to itself. */
  edges: readonly (readonly [from: number, to: number])[];
  /** Children that something outside of the scope feeds: lines to them come from the border above. */
  entries: readonly number[];
  /** Children that feed something outside: lines from them lead to the border below. */
  exits: readonly number[];
  /** Between rows: labels of lines stand there. */
  gap: number;
}

/** Left and top of each child, and points that the lines go through: x, y, x, y, … */
export interface LocalPlaces {
  x: Float64Array;
  y: Float64Array;
  width: number;
  height: number;
  routes: readonly number[][];
  /** From the upper border to the child. */
  entryRoutes: readonly number[][];
  /** From the child to the lower border. */
  exitRoutes: readonly number[][];
  /** There was too much of it to be laid out with care. */
  isCoarse: boolean;
}

/** How broad a child is with what is left free beside it. */
export const breadthOf = ({ widths, margins }: LocalGraph, child: number): number =>
  (widths[child] ?? 0) + 2 * (margins[child] ?? 0);

export const NODE_GAP = 20;
/** Between rows of boxes that stand below each other, and side by side, where labels need more room. */
export const GAP_DOWN = 40;
export const GAP_RIGHT = 88;
export const EDGE_GAP = 12;

/** Lines meet a box within this share of its breadth. */
const SPREAD = 0.6;
const MOST_STEP = 16;

interface End {
  route: number[];
  /** Where in the route the point is. */
  at: number;
  /** Where the line comes from. */
  towards: number;
}

/** Bring the ends of lines to the borders of the boxes, next to each other in the order in which they arrive. */
export function spreadEnds(graph: LocalGraph, places: LocalPlaces): void {
  const above = new Map<number, End[]>();
  const below = new Map<number, End[]>();
  const add = (child: number, route: number[], isStart: boolean): void => {
    const at = isStart ? 0 : route.length - 2;
    const next = isStart ? 2 : route.length - 4;
    const middle = (places.y[child] ?? 0) + (graph.heights[child] ?? 0) / 2;
    const side = (route[next + 1] ?? 0) > middle ? below : above;
    const end = { route, at, towards: route[next] ?? 0 };
    const ends = side.get(child);
    if (ends) ends.push(end);
    else side.set(child, [end]);
  };
  graph.edges.forEach(([from, to], at) => {
    const route = places.routes[at];
    if (!route) return;
    add(from, route, true);
    add(to, route, false);
  });
  graph.entries.forEach((child, at) => {
    const route = places.entryRoutes[at];
    if (route) add(child, route, false);
  });
  graph.exits.forEach((child, at) => {
    const route = places.exitRoutes[at];
    if (route) add(child, route, true);
  });
  for (const [child, ends] of above) place(graph, places, child, ends, 0);
  for (const [child, ends] of below) place(graph, places, child, ends, graph.heights[child] ?? 0);
}

function place(graph: LocalGraph, places: LocalPlaces, child: number, ends: End[], down: number): void {
  const width = graph.widths[child] ?? 0;
  const step = ends.length > 1 ? Math.min(MOST_STEP, (SPREAD * width) / (ends.length - 1)) : 0;
  const middle = (places.x[child] ?? 0) + width / 2;
  ends.sort((a, b) => a.towards - b.towards);
  ends.forEach((end, at) => {
    end.route[end.at] = middle + (at - (ends.length - 1) / 2) * step;
    end.route[end.at + 1] = (places.y[child] ?? 0) + down;
  });
}
