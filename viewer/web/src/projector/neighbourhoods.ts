/** The nearest neighbours of all points: exact where that takes seconds, else nearly all of them. */

import { descend } from "./descent";
import { type Neighbourhoods, NeighbourLists } from "./neighbour_lists";
import { normalise } from "./normalise";
import type { Matrix } from "./principal";

/** Multiplications up to which each point is compared with each other. */
const MOST_WORK = 7e9;

/** Yields how much is done, from 0 to 1. There are at most as many neighbours as there are other points. */
export function* findNeighbourhoods(points: Matrix, wanted: number, seed: number): Generator<number, Neighbourhoods> {
  const width = Math.max(1, Math.min(wanted, points.count - 1));
  const lists = new NeighbourLists(points.count, width);
  const work = (points.count * points.count * points.dims) / 2;
  yield* work <= MOST_WORK ? compareAll(points, lists) : descend(points, lists, seed);
  return lists.sorted();
}

function* compareAll(points: Matrix, lists: NeighbourLists): Generator<number, void> {
  const { count, dims } = points;
  // Around their middle, numbers are small: little is lost when squares are subtracted from each other.
  const { values } = normalise(points, { centre: true, unit: false });
  const norms = squaresOf({ values, count, dims });
  const dots = new Float64Array(4);
  let done = 0;
  for (let first = 0; first < count; first += 4) {
    // Four points at a time, each with all before: a number that is read is used four times.
    const rows = Math.min(4, count - first);
    for (let other = 0; other < first; other++) {
      fourDots(values, first * dims, rows, other * dims, dims, dots);
      for (let row = 0; row < rows; row++) {
        const point = first + row;
        const square = (norms[point] as number) + (norms[other] as number) - 2 * (dots[row] as number);
        if (square < lists.reach(point)) lists.offer(point, other, square);
        if (square < lists.reach(other)) lists.offer(other, point, square);
      }
    }
    for (let row = 1; row < rows; row++)
      for (let before = 0; before < row; before++) {
        const square = squareApart(values, dims, first + row, first + before);
        lists.offer(first + row, first + before, square);
        lists.offer(first + before, first + row, square);
      }
    done += first * 4;
    yield Math.min(1, (2 * done) / (count * count));
  }
}

function squaresOf({ values, count, dims }: Matrix): Float64Array {
  const norms = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let j = 0, from = at * dims; j < dims; j++) sum += (values[from + j] as number) ** 2;
    norms[at] = sum;
  }
  return norms;
}

function fourDots(
  values: Float32Array,
  first: number,
  rows: number,
  other: number,
  dims: number,
  dots: Float64Array,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const second = rows > 1 ? first + dims : first;
  const third = rows > 2 ? first + 2 * dims : first;
  const fourth = rows > 3 ? first + 3 * dims : first;
  for (let j = 0; j < dims; j++) {
    const value = values[other + j] as number;
    a += value * (values[first + j] as number);
    b += value * (values[second + j] as number);
    c += value * (values[third + j] as number);
    d += value * (values[fourth + j] as number);
  }
  dots[0] = a;
  dots[1] = b;
  dots[2] = c;
  dots[3] = d;
}

/** The square of the distance of two points. */
export function squareApart(values: Float32Array, dims: number, point: number, other: number): number {
  let even = 0;
  let odd = 0;
  let a = point * dims;
  let b = other * dims;
  const end = a + dims;
  for (; a + 1 < end; a += 2, b += 2) {
    const one = (values[a] as number) - (values[b] as number);
    const two = (values[a + 1] as number) - (values[b + 1] as number);
    even += one * one;
    odd += two * two;
  }
  if (a < end) even += ((values[a] as number) - (values[b] as number)) ** 2;
  return even + odd;
}
