/** Tables as text to be pasted into a spreadsheet. */

import type { Cell } from "./cells";

/** What makes a spreadsheet evaluate a cell: signs, their wide forms, and what it skips before them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠']/;

/**
 * A cell with nothing rounded: numbers read back the same. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it, as in eventlog/export.py.
 */
export function exact(cell: Cell): string {
  if (typeof cell === "string") return FORMULA.test(cell) ? `'${cell}` : cell;
  if (typeof cell !== "number") return cell === null ? "" : String(cell);
  if (Number.isFinite(cell)) return String(cell);
  return Number.isNaN(cell) ? "nan" : cell > 0 ? "inf" : "-inf";
}

/** Tabs between the cells, each in one line. */
export const toTsv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => row.map((cell) => exact(cell).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
