/** The points that are worked with: all that were read, or those that a person isolated. */

import { computed, signal } from "@preact/signals";
import { normalise } from "../../projector/normalise";
import type { Points, Table } from "../../projector/types";
import { sphereize } from "./settings";
import { base } from "./source";

/** Points shown alone, as indices into those that were read; null: all. */
export const isolated = signal<Int32Array | null>(null);

export interface Data {
  /** Of the points that were read. */
  key: string;
  points: Points;
  /** Of all points that were read, isolated or not. */
  table: Table | null;
  /** Which of the read points each one is; null: they are all. */
  from: Int32Array | null;
}

export const data = computed<Data | null>(() => {
  const now = base.value;
  if (!now) return null;
  const { points, table } = now.loaded;
  const from = isolated.value;
  return { key: now.key, points: from ? partOf(points, from) : points, table, from };
});

export function partOf(points: Points, from: Int32Array): Points {
  const { dims, values, rows } = points;
  const taken = new Float32Array(from.length * dims);
  from.forEach((index, i) => {
    taken.set(values.subarray(index * dims, (index + 1) * dims), i * dims);
  });
  return {
    count: from.length,
    total: points.total,
    dims,
    values: taken,
    rows: from.map((index) => (rows ? (rows[index] as number) : index)),
  };
}

/** The points as projections take them. */
export const prepared = computed<Points | null>(() => {
  const now = data.value;
  if (!now) return null;
  return sphereize.value ? normalise(now.points, { centre: true, unit: true }) : now.points;
});

/** Which of the read points one is. */
export const toBase = (index: number): number => data.peek()?.from?.[index] ?? index;

/** Place of each read point among those that are worked with; -1: it is not there. */
const places = computed<Int32Array | null>(() => {
  const now = data.value;
  const count = base.value?.loaded.points.count ?? 0;
  if (!now?.from) return null;
  const found = new Int32Array(count).fill(-1);
  now.from.forEach((index, i) => {
    found[index] = i;
  });
  return found;
});

export const fromBase = (index: number): number => places.value?.[index] ?? (places.value ? -1 : index);

/** The row in the file of a point that was read. */
export const rowOf = (index: number): number => base.peek()?.loaded.points.rows?.[index] ?? index;

/** The point that was read from a row of the file; -1: none was. */
export function indexOfRow(row: number): number {
  const points = base.value?.loaded.points;
  if (!points || row < 0) return -1;
  if (!points.rows) return row < points.count ? row : -1;
  // Rows are taken in order.
  let [low, high] = [0, points.count - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = points.rows[middle] as number;
    if (found === row) return middle;
    if (found < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
