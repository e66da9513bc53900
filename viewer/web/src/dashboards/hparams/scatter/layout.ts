/** Where the plots of a scatter matrix are and their points in them. Knows no framework. */

import type { Cell } from "../../../table/cells";
import type { Span } from "../brush";
import type { Scale } from "../scale";

/** A column of the table as it is asked for. */
export interface Side {
  id: string;
  title: string;
  scale: Scale;
  span: Span | null;
  /** A value for each row. */
  cells: readonly Cell[];
}

export interface Mark {
  key: string;
  color: string;
  on: boolean;
}

export interface Plot {
  across: Side;
  down: Side;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Places of the rows; NaN for those that lack one of the two values. */
  x: Float64Array;
  y: Float64Array;
  /** Spearman's rank correlation of the rows in colour; NaN where there is none. */
  rho: number;
}

export interface Layout extends Shape {
  plots: readonly Plot[];
  marks: readonly Mark[];
  across: readonly Side[];
  down: readonly Side[];
}

export const LEFT = 76;
export const TOP = 8;
export const BOTTOM = 44;
const RIGHT = 12;
const GAP = 10;
const LEAST = 104;
const MOST_HEIGHT = 190;
const PAD = 7;

export const neededWidth = (across: number): number => LEFT + RIGHT + across * (LEAST + GAP) - GAP;

export interface Shape {
  width: number;
  height: number;
  cellWidth: number;
  cellHeight: number;
}

/** The size of a matrix of so many plots in a box of some width, or in as much as they need. */
export function shapeOf(across: number, down: number, room: number): Shape {
  const width = Math.max(room, neededWidth(across));
  const cellWidth = (width - LEFT - RIGHT + GAP) / Math.max(1, across) - GAP;
  const cellHeight = Math.max(LEAST, Math.min(MOST_HEIGHT, cellWidth * 0.8));
  return { width, height: TOP + BOTTOM + down * (cellHeight + GAP) - GAP, cellWidth, cellHeight };
}

export function layOut(across: readonly Side[], down: readonly Side[], marks: readonly Mark[], room: number): Layout {
  const shape = shapeOf(across.length, down.length, room);
  const { cellWidth, cellHeight } = shape;
  const places = new Map(
    [...across, ...down].map((side) => [side.id, Float64Array.from(side.cells, side.scale.position)]),
  );
  const plots = down.flatMap((rowSide, row) =>
    across.map((side, column): Plot => {
      const [left, top] = [LEFT + column * (cellWidth + GAP), TOP + row * (cellHeight + GAP)];
      const [h, v] = [places.get(side.id) as Float64Array, places.get(rowSide.id) as Float64Array];
      const x = h.map((at) => left + PAD + at * (cellWidth - 2 * PAD));
      const y = v.map((at) => top + cellHeight - PAD - at * (cellHeight - 2 * PAD));
      for (let i = 0; i < x.length; i++)
        if (Number.isNaN((x[i] as number) + (y[i] as number))) x[i] = y[i] = Number.NaN;
      return {
        across: side,
        down: rowSide,
        left,
        top,
        width: cellWidth,
        height: cellHeight,
        x,
        y,
        rho: correlate(side, rowSide, marks),
      };
    }),
  );
  return { plots, marks, across, down, ...shape };
}

function correlate(across: Side, down: Side, marks: readonly Mark[]): number {
  if (across.id === down.id || across.scale.kind === "category" || down.scale.kind === "category") return Number.NaN;
  const pairs = marks.flatMap(({ on }, at): [number, number][] => {
    const [a, b] = [across.cells[at], down.cells[at]];
    return on && typeof a === "number" && typeof b === "number" && !Number.isNaN(a) && !Number.isNaN(b) ? [[a, b]] : [];
  });
  return spearman(pairs);
}

/** Correlation of ranks, equal values sharing theirs (Spearman 1904); NaN for fewer than three pairs or a constant. */
export function spearman(pairs: readonly (readonly [number, number])[]): number {
  if (pairs.length < 3) return Number.NaN;
  const [a, b] = [ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y))];
  const mean = (pairs.length - 1) / 2;
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < pairs.length; i++) {
    const [x, y] = [(a[i] as number) - mean, (b[i] as number) - mean];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA && squareB ? product / Math.sqrt(squareA * squareB) : Number.NaN;
}

function ranks(values: readonly number[]): Float64Array {
  const sorted = values.map((_, at) => at).sort((i, j) => ((values[i] as number) < (values[j] as number) ? -1 : 1));
  const found = new Float64Array(values.length);
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && values[sorted[to] as number] === values[sorted[from] as number]) to += 1;
    for (let i = from; i < to; i++) found[sorted[i] as number] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}

export function plotAt({ plots }: Layout, x: number, y: number): Plot | null {
  return (
    plots.find(({ left, top, width, height }) => x >= left && x <= left + width && y >= top && y <= top + height) ??
    null
  );
}

/** The row in colour whose point is nearest to a place in a plot, if one is near. */
export function nearest(layout: Layout, plot: Plot, x: number, y: number, reach: number): Mark | null {
  let found: Mark | null = null;
  let least = reach * reach;
  layout.marks.forEach((mark, at) => {
    if (!mark.on) return;
    const [dx, dy] = [(plot.x[at] as number) - x, (plot.y[at] as number) - y];
    const distance = dx * dx + dy * dy;
    if (distance <= least) [found, least] = [mark, distance];
  });
  return found;
}

/** Stretches of the two axes between two places in a plot, each from low to high. */
export function spansBetween(plot: Plot, x0: number, y0: number, x1: number, y1: number): { across: Span; down: Span } {
  const share = (at: number, size: number): number => Math.min(1, Math.max(0, (at - PAD) / (size - 2 * PAD)));
  const h = [x0, x1].map((x) => share(x - plot.left, plot.width)) as [number, number];
  const v = [y0, y1].map((y) => share(plot.top + plot.height - y, plot.height)) as [number, number];
  return { across: [Math.min(...h), Math.max(...h)], down: [Math.min(...v), Math.max(...v)] };
}

/** The part of a plot that its filters let through; null if there are none. */
export function brushBox({
  across,
  down,
  left,
  top,
  width,
  height,
}: Plot): { x: number; y: number; width: number; height: number } | null {
  if (!across.span && !down.span) return null;
  const [inner, tall] = [width - 2 * PAD, height - 2 * PAD];
  const [x0, x1] = across.span
    ? [left + PAD + across.span[0] * inner, left + PAD + across.span[1] * inner]
    : [left, left + width];
  const bottom = top + height - PAD;
  const [y0, y1] = down.span ? [bottom - down.span[1] * tall, bottom - down.span[0] * tall] : [top, top + height];
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}
