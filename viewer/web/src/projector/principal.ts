/**
 * Principal components, as scikit-learn has them: a component's largest weight is positive.
 *
 * Of few dimensions all components are computed, from their covariance; of few points likewise, from their products; else
 * the leading ones, by going to and fro between points and dimensions. What would take too long is computed of an even
 * sample of the points, and all are projected.
 */

import { symmetricEigen } from "./eigen";
import { gaussian, type Random } from "./random";

export interface Matrix {
  values: Float32Array;
  count: number;
  dims: number;
}

export interface Principal {
  /** `components` numbers for each point. */
  coords: Float32Array;
  components: number;
  shares: number[];
  /** Of how many points the components are; fewer than there are if that would have taken too long. */
  used: number;
}

/** Dimensions, or points, of which all components are computed. */
const WHOLE = 512;
/** Multiplications: some seconds. */
const MOST_WORK = 5e9;
const MORE = 8;
const ROUNDS = 6;

export function principal(points: Matrix, components: number): Principal {
  const { count, dims } = points;
  const wanted = Math.min(components, count, dims);
  const coords = new Float32Array(count * components);
  const nothing = { coords, components, shares: Array<number>(components).fill(0), used: count };
  if (wanted === 0) return nothing;
  const { rows, used } = sampleOf(points, wanted);
  const mean = meanOf(points, rows);
  const total = squaresOf(points, rows, mean);
  if (!(total > 0)) return nothing;
  const axes = axesOf(points, rows, mean, wanted);
  for (const axis of axes) orient(axis.direction);
  project(points, mean, axes, coords, components);
  const shares = axes.map(({ squares }) => Math.max(0, squares) / total);
  while (shares.length < components) shares.push(0);
  return { coords, components, shares, used };
}

interface Axis {
  direction: Float64Array;
  squares: number;
}

/** Which points the components are computed of, one after the other. */
function sampleOf({ count, dims }: Matrix, wanted: number): { rows: Int32Array | null; used: number } {
  const perPoint = dims <= WHOLE ? (dims * dims) / 2 : 2 * dims * (wanted + MORE) * (ROUNDS + 1);
  const most = Math.floor(MOST_WORK / perPoint);
  if (count <= Math.max(WHOLE, most)) return { rows: null, used: count };
  return {
    rows: Int32Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1))),
    used: most,
  };
}

const lengthOf = ({ count }: Matrix, rows: Int32Array | null): number => rows?.length ?? count;
const rowAt = (rows: Int32Array | null, at: number): number => (rows ? (rows[at] as number) : at);

function meanOf(points: Matrix, rows: Int32Array | null): Float64Array {
  const { values, dims } = points;
  const mean = new Float64Array(dims);
  const count = lengthOf(points, rows);
  for (let at = 0; at < count; at++) {
    const from = rowAt(rows, at) * dims;
    for (let j = 0; j < dims; j++) mean[j] = (mean[j] as number) + (values[from + j] as number);
  }
  for (let j = 0; j < dims; j++) mean[j] = (mean[j] as number) / count;
  return mean;
}

function squaresOf(points: Matrix, rows: Int32Array | null, mean: Float64Array): number {
  const { values, dims } = points;
  let sum = 0;
  for (let at = 0; at < lengthOf(points, rows); at++) {
    const from = rowAt(rows, at) * dims;
    for (let j = 0; j < dims; j++) {
      const value = (values[from + j] as number) - (mean[j] as number);
      sum += value * value;
    }
  }
  return sum;
}

function axesOf(points: Matrix, rows: Int32Array | null, mean: Float64Array, wanted: number): Axis[] {
  if (points.dims <= WHOLE) return byCovariance(points, rows, mean, wanted);
  return points.count <= WHOLE ? byProducts(points, mean, wanted) : byIteration(points, rows, mean, wanted);
}

/** A point less the mean, into `row`. */
function centre({ values, dims }: Matrix, at: number, mean: Float64Array, row: Float64Array): void {
  for (let j = 0, from = at * dims; j < dims; j++) row[j] = (values[from + j] as number) - (mean[j] as number);
}

/** Four points at a time: each sum is then read and written a quarter as often. */
type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

const makeFour = (length: number): Four => [
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
];

/** The points from the `at`th on; 0 where there are no more. */
function centreFour(points: Matrix, rows: Int32Array | null, at: number, mean: Float64Array, four: Four): void {
  const count = lengthOf(points, rows);
  four.forEach((row, k) => {
    if (at + k < count) centre(points, rowAt(rows, at + k), mean, row);
    else row.fill(0);
  });
}

function byCovariance(points: Matrix, rows: Int32Array | null, mean: Float64Array, wanted: number): Axis[] {
  const { dims } = points;
  const count = lengthOf(points, rows);
  const squares = new Float64Array(dims * dims);
  const four = makeFour(dims);
  for (let at = 0; at < count; at += 4) {
    centreFour(points, rows, at, mean, four);
    addSquares(squares, four, dims);
  }
  for (let i = 0; i < dims; i++) for (let j = 0; j < i; j++) squares[i * dims + j] = squares[j * dims + i] as number;
  const { values, vectors } = symmetricEigen(squares, dims);
  return Array.from({ length: wanted }, (_, at) => {
    const from = (dims - 1 - at) * dims;
    return { direction: vectors.slice(from, from + dims), squares: values[dims - 1 - at] as number };
  });
}

/** The upper half of what they give, each dimension with each. */
function addSquares(squares: Float64Array, [a, b, c, d]: Four, dims: number): void {
  for (let i = 0; i < dims; i++) {
    const ai = a[i] as number;
    const bi = b[i] as number;
    const ci = c[i] as number;
    const di = d[i] as number;
    const row = i * dims;
    for (let j = i; j < dims; j++)
      squares[row + j] =
        (squares[row + j] as number) +
        (ai * (a[j] as number) + bi * (b[j] as number) + (ci * (c[j] as number) + di * (d[j] as number)));
  }
}

function byProducts(points: Matrix, mean: Float64Array, wanted: number): Axis[] {
  const { count, dims } = points;
  const rows = Array.from({ length: count }, (_, at) => {
    const row = new Float64Array(dims);
    centre(points, at, mean, row);
    return row;
  });
  const products = new Float64Array(count * count);
  rows.forEach((a, i) => {
    for (let k = 0; k <= i; k++) products[i * count + k] = products[k * count + i] = dot(a, rows[k] as Float64Array);
  });
  const { values, vectors } = symmetricEigen(products, count);
  return Array.from({ length: wanted }, (_, at) => {
    const from = (count - 1 - at) * count;
    const direction = new Float64Array(dims);
    rows.forEach((row, i) => {
      addTo(direction, row, vectors[from + i] as number);
    });
    makeUnit(direction);
    return { direction, squares: values[count - 1 - at] as number };
  });
}

function byIteration(points: Matrix, rows: Int32Array | null, mean: Float64Array, wanted: number): Axis[] {
  const { dims } = points;
  const width = wanted + MORE;
  const random = gaussian(0);
  let basis = orthonormal(Array.from({ length: width }, () => randomDirection(dims, random)));
  for (let round = 0; round < ROUNDS; round++) basis = orthonormal(thereAndBack(points, rows, mean, basis).back);
  const { products } = thereAndBack(points, rows, mean, basis);
  const { values, vectors } = symmetricEigen(products, width);
  return Array.from({ length: wanted }, (_, at) => {
    const from = (width - 1 - at) * width;
    const direction = new Float64Array(dims);
    basis.forEach((axis, i) => {
      addTo(direction, axis, vectors[from + i] as number);
    });
    makeUnit(direction);
    return { direction, squares: values[width - 1 - at] as number };
  });
}

/** Points along the axes, summed up as directions again; and the products of the axes' coordinates. */
function thereAndBack(
  points: Matrix,
  rows: Int32Array | null,
  mean: Float64Array,
  basis: readonly Float64Array[],
): { back: Float64Array[]; products: Float64Array } {
  const { dims } = points;
  const width = basis.length;
  // Dimension by dimension, so that the inner loops run over neighbours.
  const flat = new Float64Array(dims * width);
  basis.forEach((axis, k) => {
    for (let j = 0; j < dims; j++) flat[j * width + k] = axis[j] as number;
  });
  const sums = new Float64Array(dims * width);
  const products = new Float64Array(width * width);
  const four = makeFour(dims);
  const along = makeFour(width);
  const count = lengthOf(points, rows);
  for (let at = 0; at < count; at += 4) {
    centreFour(points, rows, at, mean, four);
    four.forEach((row, i) => {
      alongAxes(row, flat, along[i] as Float64Array);
    });
    addOuter(sums, four, along, dims, width);
    addOuter(products, along, along, width, width);
  }
  const back = basis.map((_, k) => Float64Array.from({ length: dims }, (_, j) => sums[j * width + k] as number));
  return { back, products };
}

function alongAxes(row: Float64Array, flat: Float64Array, along: Float64Array): void {
  const width = along.length;
  along.fill(0);
  let j = 0;
  for (; j + 4 <= row.length; j += 4) {
    const [a, b, c, d] = [row[j], row[j + 1], row[j + 2], row[j + 3]] as [number, number, number, number];
    for (let k = 0, from = j * width; k < width; k++, from++)
      along[k] =
        (along[k] as number) +
        (a * (flat[from] as number) + b * (flat[from + width] as number)) +
        (c * (flat[from + 2 * width] as number) + d * (flat[from + 3 * width] as number));
  }
  for (; j < row.length; j++) {
    const value = row[j] as number;
    for (let k = 0, from = j * width; k < width; k++)
      along[k] = (along[k] as number) + value * (flat[from + k] as number);
  }
}

/** Adds what four rows of `left` and `right` give, each of one with each of the other. */
function addOuter(sums: Float64Array, left: Four, right: Four, height: number, width: number): void {
  const [p, q, r, s] = right;
  for (let j = 0; j < height; j++) {
    const a = left[0][j] as number;
    const b = left[1][j] as number;
    const c = left[2][j] as number;
    const d = left[3][j] as number;
    for (let k = 0, at = j * width; k < width; k++, at++)
      sums[at] =
        (sums[at] as number) +
        (a * (p[k] as number) + b * (q[k] as number)) +
        (c * (r[k] as number) + d * (s[k] as number));
  }
}

function randomDirection(dims: number, random: Random): Float64Array {
  return Float64Array.from({ length: dims }, random);
}

/** Gram and Schmidt's, each direction twice, for what rounding leaves. */
function orthonormal(directions: Float64Array[]): Float64Array[] {
  directions.forEach((direction, at) => {
    for (let round = 0; round < 2; round++) {
      for (const before of directions.slice(0, at)) addTo(direction, before, -dot(direction, before));
      makeUnit(direction);
    }
  });
  return directions;
}

function project(
  { values, count, dims }: Matrix,
  mean: Float64Array,
  axes: readonly Axis[],
  coords: Float32Array,
  components: number,
): void {
  const nothing = new Float64Array(dims);
  for (let k = 0; k < axes.length; k += 4) {
    // Four sums at a time: none of them has to wait for the one before.
    const [p, q, r, s] = [0, 1, 2, 3].map((i) => axes[k + i]?.direction ?? nothing) as unknown as Four;
    const offsets = [p, q, r, s].map((direction) => dot(direction, mean));
    const sums = new Float64Array(4);
    for (let at = 0; at < count; at++) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let j = 0, from = at * dims; j < dims; j++, from++) {
        const value = values[from] as number;
        a += value * (p[j] as number);
        b += value * (q[j] as number);
        c += value * (r[j] as number);
        d += value * (s[j] as number);
      }
      sums[0] = a;
      sums[1] = b;
      sums[2] = c;
      sums[3] = d;
      for (let i = 0; i < 4 && k + i < axes.length; i++)
        coords[at * components + k + i] = (sums[i] as number) - (offsets[i] as number);
    }
  }
}

function orient(direction: Float64Array): void {
  let largest = 0;
  for (const weight of direction) if (Math.abs(weight) > Math.abs(largest)) largest = weight;
  if (largest < 0) for (let j = 0; j < direction.length; j++) direction[j] = -(direction[j] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
}

function addTo(a: Float64Array, b: Float64Array, factor: number): void {
  for (let j = 0; j < a.length; j++) a[j] = (a[j] as number) + factor * (b[j] as number);
}

function makeUnit(direction: Float64Array): void {
  const length = Math.sqrt(dot(direction, direction));
  if (length > 0) for (let j = 0; j < direction.length; j++) direction[j] = (direction[j] as number) / length;
}
