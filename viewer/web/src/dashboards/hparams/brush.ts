/** What is brushed on an axis is a filter of its column, and the other way round. */

import { cellKey } from "../../table/cells";
import type { ColumnFilter } from "../../table/filters";
import type { Scale } from "./scale";

/** From 0 at the low end of the axis to 1. */
export type Span = readonly [number, number];

/** Numbers at the very ends belong to a brush that reaches there, however they are rounded. */
const DIGITS = 6;

/** The filter that lets through what lies in the span; null for all of the axis. */
export function filterOf(scale: Scale, [low, high]: Span): ColumnFilter | null {
  if (low <= 0 && high >= 1) return null;
  if (scale.kind === "category") {
    const keys = scale.categories.filter((cell) => {
      const at = scale.position(cell);
      return at >= low && at <= high;
    });
    return { kind: "values", keys: new Set(keys.map(cellKey)) };
  }
  const from = low <= 0 ? Number.NEGATIVE_INFINITY : rounded(scale.invert(low));
  const to = high >= 1 ? Number.POSITIVE_INFINITY : rounded(scale.invert(high));
  return { kind: "range", low: from, high: to, missing: false };
}

/** Where on the axis a filter is drawn; null for one that is no stretch of it. */
export function spanOf(scale: Scale, filter: ColumnFilter | undefined): Span | null {
  if (filter?.kind === "range" && scale.kind !== "category") {
    const low = filter.low === Number.NEGATIVE_INFINITY ? 0 : scale.position(filter.low);
    const high = filter.high === Number.POSITIVE_INFINITY ? 1 : scale.position(filter.high);
    return [Number.isNaN(low) ? 0 : low, Number.isNaN(high) ? 0 : high];
  }
  if (filter?.kind !== "values" || scale.kind !== "category") return null;
  const count = scale.categories.length;
  const at = scale.categories.flatMap((cell, index) => (filter.keys.has(cellKey(cell)) ? [index] : []));
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined || last - first !== at.length - 1) return null;
  return [first / count, (last + 1) / count];
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
