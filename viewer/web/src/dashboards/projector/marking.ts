/** Points that are picked, caught or found, and the neighbours of the one that was picked. Indices are of read points. */

import { batch, computed, signal } from "@preact/signals";
import { nearest } from "../../projector/nearest";
import type { Neighbours } from "../../projector/types";
import { data, fromBase, indexOfRow, isolated, prepared, rowOf, toBase } from "./points";
import { metric, nearCount, pickedRow } from "./settings";

/** The point that was picked; -1: none. */
export const picked = computed<number>(() => {
  const index = indexOfRow(pickedRow.value);
  return index >= 0 && fromBase(index) >= 0 ? index : -1;
});

export interface Caught {
  indices: Int32Array;
  /** How: for who reads the page. */
  by: "box" | "lasso" | "search" | "class" | "points" | "bookmark";
}

/** Points that were caught together; null: none. */
export const caught = signal<Caught | null>(null);

export interface Near {
  of: number;
  /** Read points, nearest first. */
  indices: Int32Array;
  distances: Float32Array;
}

export const near = signal<Near | null>(null);

/** What is marked: the picked point with its neighbours, and what was caught; null: nothing. */
export const marked = computed<Int32Array | null>(() => {
  const all = new Set<number>();
  if (picked.value >= 0) {
    all.add(picked.value);
    if (near.value?.of === picked.value) for (const index of near.value.indices) all.add(index);
  }
  for (const index of caught.value?.indices ?? []) if (fromBase(index) >= 0) all.add(index);
  return all.size ? Int32Array.from(all) : null;
});

export function pick(index: number, add = false): void {
  batch(() => {
    if (add && index >= 0) {
      const before = new Set(caught.peek()?.indices ?? []);
      if (picked.peek() >= 0) before.add(picked.peek());
      if (!before.delete(index)) before.add(index);
      pickedRow.value = -1;
      caught.value = before.size ? { indices: Int32Array.from(before), by: "points" } : null;
      return;
    }
    caught.value = null;
    pickedRow.value = index < 0 ? -1 : rowOf(index);
  });
}

export function catchPoints(indices: Int32Array, by: Caught["by"], add = false): void {
  batch(() => {
    const before = add ? [...(marked.peek() ?? [])] : [];
    const all = Int32Array.from(new Set([...before, ...indices]));
    pickedRow.value = -1;
    caught.value = all.length ? { indices: all, by } : null;
  });
}

export function clearMarks(): void {
  batch(() => {
    pickedRow.value = -1;
    caught.value = null;
  });
}

/** Work with the marked points alone. */
export function isolateMarked(): void {
  const now = marked.peek();
  if (!now || now.length < 2) return;
  batch(() => {
    isolated.value = now.slice().sort();
    caught.value = null;
    pickedRow.value = -1;
  });
}

export function showAll(): void {
  isolated.value = null;
}

let lastAsked = 0;

/** Keep the neighbours those of the picked point; gives the end of that. */
export function followNeighbours(): void {
  const now = ++lastAsked;
  const index = picked.value;
  const points = prepared.value;
  const k = Math.min(nearCount.value, Math.max(0, (points?.count ?? 0) - 1));
  const by = metric.value;
  const at = index < 0 ? -1 : fromBase(index);
  if (!points || at < 0 || k < 1) {
    near.value = null;
    return;
  }
  void nearest(points, at, k, by)
    .then(({ index: found, distance }: Neighbours) => {
      if (now !== lastAsked || data.peek() === null) return;
      near.value = { of: index, indices: found.map(toBase), distances: distance };
    })
    .catch(() => {
      if (now === lastAsked) near.value = null;
    });
}
