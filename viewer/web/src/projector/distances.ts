/** Exact nearest neighbours of one point. */

import type { Matrix } from "./principal";
import type { Metric, Neighbours } from "./types";

/** Nearest first; of points that are as far, the one that comes first in the file. */
export function nearestOf({ values, count, dims }: Matrix, index: number, k: number, metric: Metric): Neighbours {
  const wanted = Math.max(0, Math.min(k, count - 1));
  const query = values.slice(index * dims, (index + 1) * dims);
  const distances = metric === "cosine" ? cosines(values, count, query) : squares(values, count, query);
  const index_ = smallest(distances, index, wanted);
  const distance = Float32Array.from(index_, (at) => {
    const found = distances[at] as number;
    return metric === "cosine" ? found : Math.sqrt(found);
  });
  return { index: index_, distance };
}

function squares(values: Float32Array, count: number, query: Float32Array): Float64Array {
  const dims = query.length;
  const found = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let j = 0, from = at * dims; j < dims; j++) {
      const apart = (values[from + j] as number) - (query[j] as number);
      sum += apart * apart;
    }
    found[at] = sum;
  }
  return found;
}

/** 1 less the cosine of the angle; a point at the origin has none, and is taken to be at a right angle to all. */
function cosines(values: Float32Array, count: number, query: Float32Array): Float64Array {
  const dims = query.length;
  const found = new Float64Array(count);
  let length = 0;
  for (const value of query) length += value * value;
  for (let at = 0; at < count; at++) {
    let product = 0;
    let own = 0;
    for (let j = 0, from = at * dims; j < dims; j++) {
      const value = values[from + j] as number;
      product += value * (query[j] as number);
      own += value * value;
    }
    const scale = Math.sqrt(length * own);
    found[at] = scale > 0 ? Math.max(0, 1 - product / scale) : 1;
  }
  return found;
}

/** Indices of the `wanted` smallest distances but for that at `but`, in order: a heap with the largest of them on top. */
function smallest(distances: Float64Array, but: number, wanted: number): Int32Array {
  const heap = new Int32Array(wanted);
  let size = 0;
  const isFarther = (a: number, b: number): boolean => {
    const da = distances[a] as number;
    const db = distances[b] as number;
    return da > db || (da === db && a > b);
  };
  const sink = (from: number): void => {
    for (let at = from; ; ) {
      let child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && isFarther(heap[child + 1] as number, heap[child] as number)) child++;
      const below = heap[child] as number;
      const here = heap[at] as number;
      if (!isFarther(below, here)) return;
      heap[at] = below;
      heap[child] = here;
      at = child;
    }
  };
  for (let at = 0; at < distances.length && wanted > 0; at++) {
    if (at === but) continue;
    if (size < wanted) {
      heap[size++] = at;
      if (size === wanted) for (let from = wanted >> 1; from >= 0; from--) sink(from);
    } else if (isFarther(heap[0] as number, at)) {
      heap[0] = at;
      sink(0);
    }
  }
  return heap.subarray(0, size).sort((a, b) => (isFarther(a, b) ? 1 : -1));
}
