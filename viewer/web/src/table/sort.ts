/** The order of a table's rows: by one column, then by others. */

import type { Codec } from "../state/hash";
import { type Cell, compareMissingLast } from "./cells";

export interface SortKey {
  id: string;
  descending: boolean;
}

export type Sort = readonly SortKey[];

/** Rows in the order asked for; equal ones stay as they were. A column that is not there is passed over. */
export function sortRows<R>(
  rows: readonly R[],
  sort: Sort,
  cellOf: (id: string) => ((row: R) => Cell) | undefined,
): readonly R[] {
  const keys = sort.flatMap(({ id, descending }) => {
    const value = cellOf(id);
    return value ? [{ cells: rows.map(value), descending }] : [];
  });
  if (!keys.length) return rows;
  const order = rows.map((_, index) => index);
  order.sort((a, b) => {
    for (const { cells, descending } of keys) {
      const by = compareMissingLast(cells[a] ?? null, cells[b] ?? null, descending);
      if (by !== 0) return by;
    }
    return a - b;
  });
  return order.map((index) => rows[index] as R);
}

/** What a click on a heading makes of the order: first `firstDown`'s way, then the other, then none. */
export function nextSort(sort: Sort, id: string, firstDown: boolean, more: boolean): Sort {
  const known = sort.find((key) => key.id === id);
  const others = more ? sort.filter((key) => key.id !== id) : [];
  if (!known) return [...others, { id, descending: firstDown }];
  return known.descending === firstDown ? [...others, { id, descending: !firstDown }] : others;
}

/** `-id` for the highest first. */
export const sortCodec: Codec<Sort> = {
  read: (values) =>
    values.filter((value) => value.length > 1).map((value) => ({ id: value.slice(1), descending: value[0] === "-" })),
  write: (sort) => sort.map(({ id, descending }) => `${descending ? "-" : "+"}${id}`),
};
