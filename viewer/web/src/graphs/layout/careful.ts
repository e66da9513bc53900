/** Layout of a scope of some children, by dagre: few crossings, lines led around boxes. */

import { Graph, layout } from "@dagrejs/dagre";
import { breadthOf, EDGE_GAP, type LocalGraph, type LocalPlaces, NODE_GAP, spreadEnds } from "./local";
import { type Ranks, ranksOf } from "./ranks";

interface Line {
  from: string;
  to: string;
  isBack: boolean;
}

/** Children and lines of a scope, and rows that these lead across, which together take about a second. */
const MOST_CHILDREN = 160;
const MOST_LINES = 360;
const MOST_CROSSED = 1500;

/** Whether there is too much for a careful layout. */
export function takesLong(graph: LocalGraph): boolean {
  const count = graph.widths.length;
  if (count > MOST_CHILDREN || graph.edges.length + graph.entries.length + graph.exits.length > MOST_LINES) return true;
  const { rank, rows } = ranksOf(count, graph.edges);
  const row = (child: number): number => rank[child] ?? 0;
  let crossed = 0;
  for (const [from, to] of graph.edges) crossed += Math.abs(row(from) - row(to));
  for (const child of graph.entries) crossed += row(child) + 1;
  for (const child of graph.exits) crossed += rows - row(child);
  return crossed > MOST_CROSSED;
}

export function placeCarefully(graph: LocalGraph): LocalPlaces {
  const ranks = ranksOf(graph.widths.length, graph.edges);
  const places = isStack(graph, ranks) ? stacked(graph, ranks) : drawn(graph, ranks);
  spreadEnds(graph, places);
  return places;
}

/** Whether all is in one column, each child feeding the next: as most of a network is. */
function isStack({ widths, edges }: LocalGraph, { rank, isBack, rows }: Ranks): boolean {
  if (rows !== widths.length) return false;
  return edges.every(([from, to], at) => !isBack[at] && (rank[to] ?? 0) - (rank[from] ?? 0) === 1);
}

function stacked(graph: LocalGraph, { rank, rows }: Ranks): LocalPlaces {
  const count = graph.widths.length;
  const places = emptyPlaces(count);
  const order = new Int32Array(count);
  rank.forEach((row, child) => {
    order[row] = child;
    places.width = Math.max(places.width, breadthOf(graph, child));
  });
  let down = graph.entries.length ? graph.gap / 2 : 0;
  for (const child of order) {
    places.x[child] = (places.width - (graph.widths[child] ?? 0)) / 2;
    places.y[child] = down;
    down += (graph.heights[child] ?? 0) + graph.gap;
  }
  places.height = Math.max(down - graph.gap, 0) + (graph.exits.length ? graph.gap / 2 : 0);
  const middle = places.width / 2;
  const top = (child: number): number => places.y[child] ?? 0;
  const bottom = (child: number): number => top(child) + (graph.heights[child] ?? 0);
  // Past the others, where a line comes in or leaves further on.
  const beside = places.width + EDGE_GAP;
  const isFirst = (child: number): boolean => rank[child] === 0;
  const isLast = (child: number): boolean => rank[child] === rows - 1;
  if (!graph.entries.every(isFirst) || !graph.exits.every(isLast)) places.width = beside + EDGE_GAP;
  return {
    ...places,
    routes: graph.edges.map(([from, to]) => [middle, bottom(from), middle, top(to)]),
    entryRoutes: graph.entries.map((child) =>
      isFirst(child)
        ? [middle, 0, middle, top(child)]
        : [beside, 0, beside, top(child) - graph.gap / 2, middle, top(child)],
    ),
    exitRoutes: graph.exits.map((child) =>
      isLast(child)
        ? [middle, bottom(child), middle, places.height]
        : [middle, bottom(child), beside, bottom(child) + graph.gap / 2, beside, places.height],
    ),
  };
}

const emptyPlaces = (count: number): LocalPlaces => ({
  x: new Float64Array(count),
  y: new Float64Array(count),
  width: 0,
  height: 0,
  routes: [],
  entryRoutes: [],
  exitRoutes: [],
  isCoarse: false,
});

function drawn(graph: LocalGraph, { rank, isBack, rows }: Ranks): LocalPlaces {
  const drawing = new Graph({ multigraph: true });
  // Where lines come in is a row above all others, and where they leave one below, if other rows are between. dagre has
  // twice as many rows as ours: between them is room for labels.
  const isLedIn = (child: number): boolean => rank[child] !== 0;
  const isLedOut = (child: number): boolean => rank[child] !== rows - 1;
  const top = graph.entries.some(isLedIn) ? 1 : 0;
  const rowOf = new Map<string, number>();
  const node = (name: string, width: number, height: number, row: number): string => {
    drawing.setNode(name, { width, height });
    rowOf.set(name, 2 * row);
    return name;
  };
  rank.forEach((row, child) => {
    node(`c${child}`, breadthOf(graph, child), graph.heights[child] ?? 0, row + top);
  });
  const lines: Line[] = graph.edges.map(([from, to], at) => ({
    ...{ from: `c${from}`, to: `c${to}`, isBack: isBack[at] === 1 },
  }));
  const ledIn = new Map<number, number>();
  const ledOut = new Map<number, number>();
  for (const child of graph.entries.filter(isLedIn)) {
    ledIn.set(child, lines.length);
    lines.push({ from: node(`i${child}`, 1, 1, 0), to: `c${child}`, isBack: false });
  }
  for (const child of graph.exits.filter(isLedOut)) {
    ledOut.set(child, lines.length);
    lines.push({ from: `c${child}`, to: node(`o${child}`, 1, 1, rows + top), isBack: false });
  }
  lines.forEach((line, at) => {
    const [v, w] = line.isBack ? [line.to, line.from] : [line.from, line.to];
    drawing.setEdge({ v, w, name: String(at) }, { weight: line.isBack ? 1 : 2 });
  });
  drawing.setGraph({
    rankdir: "TB",
    nodesep: NODE_GAP,
    edgesep: EDGE_GAP,
    ranksep: graph.gap,
    ranker: (ranked: Graph): void => {
      for (const name of ranked.nodes()) {
        const row = rowOf.get(name);
        if (row !== undefined) ranked.node(name).rank = row;
      }
    },
  });
  layout(drawing);
  const places = placesIn(graph, drawing);
  const routes = lines.map((line, at) => routeOf(drawing, line, at));
  closeUp(graph, places, routes, ledIn.size > 0, ledOut.size > 0);
  const middle = (child: number): number => (places.x[child] ?? 0) + (graph.widths[child] ?? 0) / 2;
  const above = (child: number): number => places.y[child] ?? 0;
  const below = (child: number): number => above(child) + (graph.heights[child] ?? 0);
  return {
    ...places,
    routes: routes.slice(0, graph.edges.length),
    entryRoutes: graph.entries.map(
      (child) => routes[ledIn.get(child) ?? -1] ?? [middle(child), 0, middle(child), above(child)],
    ),
    exitRoutes: graph.exits.map(
      (child) => routes[ledOut.get(child) ?? -1] ?? [middle(child), below(child), middle(child), places.height],
    ),
  };
}

function placesIn(graph: LocalGraph, drawing: Graph): LocalPlaces {
  const size = drawing.graph() as { width?: number; height?: number };
  const places = { ...emptyPlaces(graph.widths.length), width: size.width ?? 0, height: size.height ?? 0 };
  graph.widths.forEach((width, child) => {
    const { x, y } = drawing.node(`c${child}`) as { x: number; y: number };
    places.x[child] = x - width / 2;
    places.y[child] = y - (graph.heights[child] ?? 0) / 2;
  });
  return places;
}

function routeOf(drawing: Graph, line: Line, at: number): number[] {
  const [v, w] = line.isBack ? [line.to, line.from] : [line.from, line.to];
  const { points } = drawing.edge({ v, w, name: String(at) }) as { points: { x: number; y: number }[] };
  const inOrder = line.isBack ? [...points].reverse() : points;
  return inOrder.flatMap(({ x, y }) => [x, y]);
}

/** Half the usual distance is left free where lines come in and where they leave, whether there is a row for that or not. */
function closeUp(
  graph: LocalGraph,
  places: LocalPlaces,
  routes: number[][],
  hasRowAbove: boolean,
  hasRowBelow: boolean,
): void {
  const gap = graph.gap / 2;
  const above = hasRowAbove ? gap : graph.entries.length ? -gap : 0;
  const below = hasRowBelow ? gap : graph.exits.length ? -gap : 0;
  if (!above && !below) return;
  places.height -= above + below;
  places.y.forEach((y, at) => {
    places.y[at] = y - above;
  });
  for (const route of routes) {
    const last = route.length - 2;
    const kept: number[] = [];
    for (let at = 0; at <= last; at += 2) {
      const y = (route[at + 1] ?? 0) - above;
      const isInside = y > 0 && y < places.height;
      if (isInside || at === 0 || at === last) kept.push(route[at] ?? 0, Math.min(Math.max(y, 0), places.height));
    }
    route.splice(0, route.length, ...kept);
  }
}
