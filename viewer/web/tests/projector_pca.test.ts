import { expect, test } from "vitest";
import { symmetricEigen } from "../src/projector/eigen";
import { principal } from "../src/projector/principal";
import { gaussian, uniform } from "../src/projector/random";

const at = (array: ArrayLike<number>, index: number): number => array[index] as number;

test.each([1, 2, 3, 10, 64])("eigenvectors of a symmetric matrix of %i rows give it back", (n) => {
  const random = gaussian(n);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random();
  const { values, vectors } = symmetricEigen(matrix.slice(), n);
  expect([...values]).toEqual([...values].sort((a, b) => a - b));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      let product = 0;
      for (let k = 0; k < n; k++) {
        sum += at(values, k) * at(vectors, k * n + i) * at(vectors, k * n + j);
        product += at(vectors, i * n + k) * at(vectors, j * n + k);
      }
      expect(sum).toBeCloseTo(at(matrix, i * n + j), 10);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
    }
});

test("eigenvalues that are equal, or none, do not stop it", () => {
  const same = symmetricEigen(Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2), 3);
  expect([...same.values]).toEqual([2, 2, 2]);
  expect([...symmetricEigen(new Float64Array(16), 4).values]).toEqual([0, 0, 0, 0]);
  const ones = symmetricEigen(new Float64Array(25).fill(1), 5);
  expect(at(ones.values, 4)).toBeCloseTo(5, 12);
  expect(at(ones.values, 0)).toBeCloseTo(0, 12);
});

/** Points that spread ever less from dimension to dimension. */
function cloud(count: number, dims: number, seed: number) {
  const random = gaussian(seed);
  const values = Float32Array.from({ length: count * dims }, (_, place) => 10 * 0.8 ** (place % dims) * random() + 5);
  return { values, count, dims };
}

test.each([
  ["by covariance", 900, 40],
  ["by products of few points", 40, 700],
  ["by iteration", 600, 530],
])("components %s hold the variance in falling order", (_, count, dims) => {
  const points = cloud(count, dims, 1);
  const { coords, shares, used, components } = principal(points, 5);
  expect([used, components, coords.length]).toEqual([count, 5, count * 5]);
  expect([...shares]).toEqual([...shares].sort((a, b) => b - a));
  let total = 0;
  for (let j = 0; j < dims; j++) {
    let mean = 0;
    for (let i = 0; i < count; i++) mean += at(points.values, i * dims + j) / count;
    for (let i = 0; i < count; i++) total += (at(points.values, i * dims + j) - mean) ** 2;
  }
  for (let k = 0; k < 5; k++) {
    let squares = 0;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      squares += at(coords, i * 5 + k) ** 2;
      sum += at(coords, i * 5 + k);
    }
    expect(squares / total).toBeCloseTo(at(shares, k), 5);
    expect(sum / count).toBeCloseTo(0, 3);
  }
  // The first dimension has most of it: its weight is the largest, and positive.
  let product = 0;
  for (let i = 0; i < count; i++) product += at(coords, i * 5) * (at(points.values, i * dims) - 5);
  expect(product).toBeGreaterThan(0);
});

test("components that there are not are 0", () => {
  const two = principal({ values: Float32Array.of(1, 2, 3, 4, 5, 6), count: 2, dims: 3 }, 4);
  expect(two.shares.map((share) => Math.round(share * 1e6) / 1e6)).toEqual([1, 0, 0, 0]);
  expect(two.coords.length).toBe(8);
  expect(Math.abs(at(two.coords, 0))).toBeCloseTo(Math.sqrt(27) / 2, 5);
  expect(principal({ values: new Float32Array(12).fill(3), count: 4, dims: 3 }, 2).shares).toEqual([0, 0]);
  expect([...principal({ values: new Float32Array(), count: 0, dims: 0 }, 3).coords]).toEqual([]);
});

test("random numbers are even and the same for the same seed", () => {
  const random = uniform(7);
  const drawn = Array.from({ length: 20_000 }, random);
  const again = uniform(7);
  expect(drawn.slice(0, 5)).toEqual(Array.from({ length: 5 }, again));
  const bins = new Float64Array(10);
  for (const value of drawn) bins[Math.floor(value * 10)] = at(bins, Math.floor(value * 10)) + 1;
  for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(200);
  const normal = Array.from({ length: 20_000 }, gaussian(3));
  expect(normal.reduce((sum, value) => sum + value, 0) / normal.length).toBeCloseTo(0, 1);
  expect(normal.reduce((sum, value) => sum + value * value, 0) / normal.length).toBeCloseTo(1, 1);
});
