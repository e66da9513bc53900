/** A value beside that of the baseline, and which values of a column are the best. */

import type { Cell } from "../../table/cells";
import type { Relation } from "./settings";

/** What a value is beside the baseline's; null where one of them is missing or there is nothing to divide by. */
export function relate(value: number | null, base: number | null, relation: Relation): number | null {
  if (relation === "value" || value === null) return value;
  if (base === null) return null;
  if (relation === "delta") return value - base;
  return base === 0 ? null : (100 * (value - base)) / Math.abs(base);
}

/** The best of a column; undefined if fewer than two rows have a value, or all have the same. */
export function bestOf(cells: Iterable<Cell>, higher: boolean): number | undefined {
  let [low, high, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const cell of cells) {
    if (typeof cell !== "number" || Number.isNaN(cell)) continue;
    low = Math.min(low, cell);
    high = Math.max(high, cell);
    count += 1;
  }
  return count < 2 || low === high ? undefined : higher ? high : low;
}
