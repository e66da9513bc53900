/** Layout of a scope of some children, by dagre: few crossings, lines led around boxes. */

import { Graph, layout } from "@dagrejs/dagre";
import { breadthOf, EDGE_GAP, type LocalGraph, type LocalPlaces, NODE_GAP, spreadEnds } from "./local";
import { ranksOf } from "./ranks";

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
  const count = graph.widths.length;
  const { rank, isBack, rows } = ranksOf(count, graph.edges);
  const drawn = new Graph({ multigraph: true });
  // Where lines come in is a row above all others, and where they leave one below. dagre has twice as many rows as
  // ours: between them is room for labels.
  const top = graph.entries.length ? 1 : 0;
  const rowOf = new Map<string, number>();
  const node = (name: string, width: number, height: number, row: number): string => {
    drawn.setNode(name, { width, height });
    rowOf.set(name, 2 * row);
    return name;
  };
  for (let child = 0; child < count; child++)
    node(`c${child}`, breadthOf(graph, child), graph.heights[child] ?? 0, (rank[child] ?? 0) + top);
  graph.entries.forEach((_, at) => {
    node(`i${at}`, 1, 1, 0);
  });
  graph.exits.forEach((_, at) => {
    node(`o${at}`, 1, 1, rows + top);
  });
  const lines: Line[] = [
    ...graph.edges.map(([from, to], at) => ({ from: `c${from}`, to: `c${to}`, isBack: isBack[at] === 1 })),
    ...graph.entries.map((child, at) => ({ from: `i${at}`, to: `c${child}`, isBack: false })),
    ...graph.exits.map((child, at) => ({ from: `c${child}`, to: `o${at}`, isBack: false })),
  ];
  lines.forEach((line, at) => {
    const [v, w] = line.isBack ? [line.to, line.from] : [line.from, line.to];
    drawn.setEdge({ v, w, name: String(at) }, { weight: line.isBack ? 1 : 2 });
  });
  drawn.setGraph({
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
  layout(drawn);
  return read(graph, drawn, lines);
}

function read(graph: LocalGraph, drawn: Graph, lines: readonly Line[]): LocalPlaces {
  const count = graph.widths.length;
  const size = drawn.graph() as { width?: number; height?: number };
  const places: LocalPlaces = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    width: size.width ?? 0,
    height: size.height ?? 0,
    routes: [],
    entryRoutes: [],
    exitRoutes: [],
    isCoarse: false,
  };
  for (let child = 0; child < count; child++) {
    const { x, y } = drawn.node(`c${child}`) as { x: number; y: number };
    places.x[child] = x - (graph.widths[child] ?? 0) / 2;
    places.y[child] = y - (graph.heights[child] ?? 0) / 2;
  }
  const routes = lines.map((line, at) => {
    const [v, w] = line.isBack ? [line.to, line.from] : [line.from, line.to];
    const { points } = drawn.edge({ v, w, name: String(at) }) as { points: { x: number; y: number }[] };
    const inOrder = line.isBack ? [...points].reverse() : points;
    return inOrder.flatMap(({ x, y }) => [x, y]);
  });
  const edges = graph.edges.length;
  closeUp(graph, places, routes);
  const result = {
    ...places,
    routes: routes.slice(0, edges),
    entryRoutes: routes.slice(edges, edges + graph.entries.length),
    exitRoutes: routes.slice(edges + graph.entries.length),
  };
  spreadEnds(graph, result);
  return result;
}

/** Rows at which lines only come in or leave need half the distance. */
function closeUp(graph: LocalGraph, places: LocalPlaces, routes: number[][]): void {
  const above = graph.entries.length ? graph.gap / 2 : 0;
  const below = graph.exits.length ? graph.gap / 2 : 0;
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
