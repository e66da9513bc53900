/** Coordinates of any size brought into the ball that the scene shows. */

import type { Dims } from "./scene/camera";

/**
 * x, y, z of each point from `width` numbers a row; `columns` says which are taken. The middle of all comes to the origin, and
 * the one farthest from it to a distance of 1. What is not finite stays out.
 */
export function fitted(coords: Float32Array, width: number, columns: readonly number[], dims: Dims): Float32Array {
  const count = width > 0 ? Math.floor(coords.length / width) : 0;
  const places = new Float32Array(3 * count);
  const taken = columns.slice(0, dims);
  const middles = taken.map((column) => middleOf(coords, width, column, count));
  let farthest = 0;
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let axis = 0; axis < taken.length; axis++) {
      const column = taken[axis] as number;
      const value = column < width ? (coords[i * width + column] as number) - (middles[axis] as number) : 0;
      places[3 * i + axis] = value;
      square += value * value;
    }
    if (square > farthest && Number.isFinite(square)) farthest = square;
  }
  const factor = farthest > 0 ? 1 / Math.sqrt(farthest) : 1;
  for (let i = 0; i < places.length; i++) places[i] = (places[i] as number) * factor;
  return places;
}

function middleOf(coords: Float32Array, width: number, column: number, count: number): number {
  if (column >= width) return 0;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const value = coords[i * width + column] as number;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? (low + high) / 2 : 0;
}

/** Rows of some points put where those points are among `count`; the others are nowhere. */
export function spreadOut(coords: Float32Array, width: number, rows: Int32Array | null, count: number): Float32Array {
  if (!rows) return coords;
  const all = new Float32Array(count * width).fill(Number.NaN);
  for (let i = 0; i < rows.length; i++) {
    all.set(coords.subarray(i * width, (i + 1) * width), (rows[i] as number) * width);
  }
  return all;
}
