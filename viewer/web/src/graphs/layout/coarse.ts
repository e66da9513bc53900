/**
 * Layout of a scope of very many children, in time that hardly grows faster than their number.
 *
 * Rows as in the careful layout, each ordered by where its lines come from. Long rows are wrapped, and very many rows
 * stand in several columns, so that the whole has the proportions of a screen. Lines run straight, also across boxes.
 */

import { breadthOf, type LocalGraph, type LocalPlaces, NODE_GAP, spreadEnds } from "./local";
import { listsBy, ranksOf } from "./ranks";

const SWEEPS = 2;
const LEAST_BREADTH = 1200;
const COLUMN_GAP = 80;
/** How much wider than high. */
const PROPORTION = 1.5;

export function placeCoarsely(graph: LocalGraph): LocalPlaces {
  const count = graph.widths.length;
  const places: LocalPlaces = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    width: 0,
    height: 0,
    routes: [],
    entryRoutes: [],
    exitRoutes: [],
    isCoarse: true,
  };
  const rows = wrapped(graph, orderedRows(graph));
  const { width, height } = placeRows(graph, places, rows);
  const middle = (child: number): number => (places.x[child] ?? 0) + (graph.widths[child] ?? 0) / 2;
  const centre = (child: number): number => (places.y[child] ?? 0) + (graph.heights[child] ?? 0) / 2;
  const result = {
    ...places,
    width,
    height,
    routes: graph.edges.map(([from, to]) => [middle(from), centre(from), middle(to), centre(to)]),
    entryRoutes: graph.entries.map((child) => [middle(child), 0, middle(child), centre(child)]),
    exitRoutes: graph.exits.map((child) => [middle(child), centre(child), middle(child), height]),
  };
  spreadEnds(graph, result);
  return result;
}

/** Children by row, each row in the order of the mean place of what its children are connected to. */
function orderedRows(graph: LocalGraph): number[][] {
  const count = graph.widths.length;
  const { edges } = graph;
  const { rank, rows } = ranksOf(count, edges);
  const found: number[][] = Array.from({ length: rows }, () => []);
  for (let child = 0; child < count; child++) found[rank[child] ?? 0]?.push(child);
  const out = listsBy(count, edges.length, (at) => edges[at]?.[0] ?? 0);
  const into = listsBy(count, edges.length, (at) => edges[at]?.[1] ?? 0);
  const place = new Float64Array(count);
  const note = (row: readonly number[]): void => {
    row.forEach((child, at) => {
      place[child] = (at + 0.5) / row.length;
    });
  };
  found.forEach(note);
  const wanted = new Float64Array(count);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? found : [...found].reverse()) {
      for (const child of row) {
        const lines = (isDown ? into : out).of(child);
        let sum = 0;
        for (const at of lines) sum += place[edges[at]?.[isDown ? 0 : 1] ?? 0] ?? 0;
        wanted[child] = lines.length ? sum / lines.length : (place[child] ?? 0);
      }
      row.sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
      note(row);
    }
  }
  return found;
}

function wrapped(graph: LocalGraph, rows: readonly number[][]): number[][] {
  let area = 0;
  for (let child = 0; child < graph.widths.length; child++)
    area += (breadthOf(graph, child) + NODE_GAP) * ((graph.heights[child] ?? 0) + graph.gap);
  const most = Math.max(LEAST_BREADTH, Math.sqrt(area * PROPORTION));
  const found: number[][] = [];
  for (const row of rows) {
    let current: number[] = [];
    let breadth = 0;
    for (const child of row) {
      const width = breadthOf(graph, child) + NODE_GAP;
      if (current.length && breadth + width > most) {
        found.push(current);
        current = [];
        breadth = 0;
      }
      current.push(child);
      breadth += width;
    }
    if (current.length) found.push(current);
  }
  return found;
}

function placeRows(
  graph: LocalGraph,
  places: LocalPlaces,
  rows: readonly number[][],
): { width: number; height: number } {
  const breadths = rows.map((row) => row.reduce((sum, child) => sum + breadthOf(graph, child) + NODE_GAP, -NODE_GAP));
  const heights = rows.map((row) => row.reduce((most, child) => Math.max(most, graph.heights[child] ?? 0), 0));
  const high = heights.reduce((sum, height) => sum + height + graph.gap, 0);
  const broad = breadths.reduce((most, breadth) => Math.max(most, breadth), 0) + COLUMN_GAP;
  const columns = Math.max(1, Math.round(Math.sqrt((high * PROPORTION) / broad)));
  const most = high / columns;
  let left = 0;
  let bottom = 0;
  for (let first = 0; first < rows.length; ) {
    let last = first;
    let down = graph.gap / 2;
    let width = 0;
    while (last < rows.length && (last === first || down < most)) {
      width = Math.max(width, breadths[last] ?? 0);
      down += (heights[last++] ?? 0) + graph.gap;
    }
    let y = graph.gap / 2;
    for (let at = first; at < last; at++) {
      let x = left + (width - (breadths[at] ?? 0)) / 2;
      for (const child of rows[at] ?? []) {
        places.x[child] = x + (graph.margins[child] ?? 0);
        places.y[child] = y;
        x += breadthOf(graph, child) + NODE_GAP;
      }
      y += (heights[at] ?? 0) + graph.gap;
    }
    bottom = Math.max(bottom, down - graph.gap / 2);
    left += width + COLUMN_GAP;
    first = last;
  }
  return { width: Math.max(left - COLUMN_GAP, 0), height: bottom };
}
