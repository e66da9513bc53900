/** Rows that repeat each other, as one: what of their values is shown for all. */

import { type Cell, isValue } from "./cells";

export type Fold = "mean" | "median" | "min" | "max";
export const FOLDS: readonly Fold[] = ["mean", "median", "min", "max"];

/** One value for several; NaN if all are NaN, null if there are none. */
export function foldNumbers(cells: readonly Cell[], fold: Fold): number | null {
  const present = cells.filter((cell): cell is number => typeof cell === "number");
  const numbers = present.filter((number) => !Number.isNaN(number));
  if (!numbers.length) return present.length ? Number.NaN : null;
  if (fold === "min") return numbers.reduce((a, b) => Math.min(a, b));
  if (fold === "max") return numbers.reduce((a, b) => Math.max(a, b));
  if (fold === "mean") return numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

/** What all of them have in common; undefined if they differ. */
export function commonCell(cells: readonly Cell[]): Cell | undefined {
  const first = cells[0] ?? null;
  return cells.every((cell) => Object.is(cell, first)) ? first : undefined;
}

/** From the lowest to the highest of them, in words of the caller's. */
export function spanOf(cells: readonly Cell[], write: (cell: Cell) => string): string {
  const distinct = [...new Set(cells.filter(isValue))];
  const numbers = distinct.filter((cell): cell is number => typeof cell === "number");
  if (numbers.length && numbers.length === distinct.length) {
    return `${write(Math.min(...numbers))} … ${write(Math.max(...numbers))}`;
  }
  return `${distinct.length} values`;
}
