/** What stands in a table: how it is compared, named and written. */

import { formatValue } from "../format/numbers";

/** Null: nothing is there. */
export type Cell = number | string | boolean | null;

const collator = new Intl.Collator("en", { numeric: true });

/** A cell as a person reads it. */
export function formatCell(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "number" ? formatValue(cell) : String(cell);
}

/** A measured number, so that those below each other stand digit below digit: five digits, zeros included. */
export function formatMeasure(value: number): string {
  const short = formatValue(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) || !Number.isFinite(value) || size >= 1e5 || size < 1e-4) return short;
  return value.toPrecision(5).replace("-", "−");
}

/** Whether there is something that can be compared. */
export const isValue = (cell: Cell): boolean => cell !== null && !(typeof cell === "number" && Number.isNaN(cell));

/** Numbers by size, then false, true, then texts as people count: `b2` before `b10`. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === "string" && typeof b === "string") return collator.compare(a, b);
  return Number(a) - Number(b);
}

const rank = (cell: Cell): number => (typeof cell === "number" ? 0 : typeof cell === "boolean" ? 1 : 2);

/** A text that two cells share only if they are the same: `1`, `"1"` and `true` are three. */
export const cellKey = (cell: Cell): string =>
  typeof cell === "number" && !Number.isFinite(cell) ? String(cell) : JSON.stringify(cell);

/** The distinct values of a column in order, nothing left out; how often each occurs. */
export function distinctCells(cells: Iterable<Cell>): { cell: Cell; count: number }[] {
  const found = new Map<string, { cell: Cell; count: number }>();
  for (const cell of cells) {
    const known = found.get(cellKey(cell));
    if (known) known.count += 1;
    else found.set(cellKey(cell), { cell, count: 1 });
  }
  return [...found.values()].sort((a, b) => compareMissingLast(a.cell, b.cell, false));
}

/** As `compareCells`; what is no value comes last, whichever way the rest is turned. */
export function compareMissingLast(a: Cell, b: Cell, descending: boolean): number {
  const [left, right] = [isValue(a), isValue(b)];
  if (left && right) return descending ? compareCells(b, a) : compareCells(a, b);
  if (left !== right) return left ? -1 : 1;
  return Number(a === null) - Number(b === null);
}
