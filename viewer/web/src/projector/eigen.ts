/**
 * Eigenvalues and eigenvectors of a symmetric matrix: made tridiagonal by Householder's reflections, then diagonal by QL
 * steps with implicit shifts. Source: Golub and Van Loan, Matrix Computations, 8.3.
 */

export interface Eigen {
  /** Ascending. */
  values: Float64Array;
  /** Of the i-th value the i-th row. */
  vectors: Float64Array;
}

const MOST_STEPS = 60;

/** `matrix` is n × n, row by row, and is used up. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalise(matrix, n, diagonal, beside);
  diagonalise(diagonal, beside, matrix, n);
  return inOrder(diagonal, matrix, n);
}

/** Afterwards `matrix` holds, row by row, the directions in which it is tridiagonal. */
function tridiagonalise(matrix: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array): void {
  const vector = new Float64Array(n);
  const product = new Float64Array(n);
  const reflections: { from: number; vector: Float64Array; scale: number }[] = [];
  for (let k = 0; k < n - 2; k++) {
    // A reflection that leaves of column k, below the diagonal, one number.
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm = Math.hypot(norm, at(matrix, i * n + k));
    diagonal[k] = at(matrix, k * n + k);
    const head = at(matrix, (k + 1) * n + k);
    const alpha = head > 0 ? -norm : norm;
    beside[k + 1] = alpha;
    if (norm === 0) continue;
    let length = 0;
    for (let i = k + 1; i < n; i++) {
      const v = at(matrix, i * n + k) - (i === k + 1 ? alpha : 0);
      vector[i] = v;
      length += v * v;
    }
    if (length === 0) continue;
    const scale = 2 / length;
    // A − v wᵀ − w vᵀ, with w = scale (A v) − (scale² / 2) (vᵀ A v) v.
    let along = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      const row = i * n;
      for (let j = k + 1; j < n; j++) sum += at(matrix, row + j) * at(vector, j);
      product[i] = sum * scale;
      along += sum * scale * at(vector, i);
    }
    const half = (along * scale) / 2;
    for (let i = k + 1; i < n; i++) product[i] = at(product, i) - half * at(vector, i);
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const v = at(vector, i);
      const w = at(product, i);
      for (let j = k + 1; j < n; j++) matrix[row + j] = at(matrix, row + j) - v * at(product, j) - w * at(vector, j);
    }
    reflections.push({ from: k + 1, vector: vector.slice(k + 1), scale });
  }
  if (n > 1) {
    diagonal[n - 2] = at(matrix, (n - 2) * n + n - 2);
    beside[n - 1] = at(matrix, (n - 1) * n + n - 2);
  }
  if (n > 0) diagonal[n - 1] = at(matrix, n * n - 1);
  matrix.fill(0);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  // Q = H₀ H₁ …; kept transposed, so that each of its columns is a row here: rows of (… H₁ H₀).
  for (const { from, vector: v, scale } of reflections) {
    const sums = new Float64Array(n);
    for (let i = from; i < n; i++) {
      const factor = at(v, i - from);
      for (let j = 0; j < n; j++) sums[j] = at(sums, j) + factor * at(matrix, i * n + j);
    }
    for (let i = from; i < n; i++) {
      const factor = scale * at(v, i - from);
      for (let j = 0; j < n; j++) matrix[i * n + j] = at(matrix, i * n + j) - factor * at(sums, j);
    }
  }
}

function diagonalise(d: Float64Array, beside: Float64Array, vectors: Float64Array, n: number): void {
  // e[i] stands between d[i] and d[i + 1].
  const e = new Float64Array(n);
  for (let i = 1; i < n; i++) e[i - 1] = at(beside, i);
  for (let l = 0; l < n; l++) {
    for (let step = 0; step < MOST_STEPS; step++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(at(d, m)) + Math.abs(at(d, m + 1));
        if (Math.abs(at(e, m)) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      sweep(d, e, vectors, n, l, m);
    }
  }
}

/** One QL step on rows l to m, with Wilkinson's shift. */
function sweep(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number, l: number, m: number): void {
  const ratio = (at(d, l + 1) - at(d, l)) / (2 * at(e, l));
  const root = Math.hypot(ratio, 1);
  let g = at(d, m) - at(d, l) + at(e, l) / (ratio + (ratio < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * at(e, i);
    const b = cosine * at(e, i);
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = at(d, i + 1) - p;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const before = at(d, i + 1) - p;
    const turned = (at(d, i) - before) * sine + 2 * cosine * b;
    p = sine * turned;
    d[i + 1] = before + p;
    g = cosine * turned - b;
    const upper = (i + 1) * n;
    const lower = i * n;
    for (let k = 0; k < n; k++) {
      const x = at(vectors, upper + k);
      const y = at(vectors, lower + k);
      vectors[upper + k] = sine * y + cosine * x;
      vectors[lower + k] = cosine * y - sine * x;
    }
  }
  d[l] = at(d, l) - p;
  e[l] = g;
  e[m] = 0;
}

function inOrder(values: Float64Array, vectors: Float64Array, n: number): Eigen {
  const order = Array.from(values.keys()).sort((a, b) => at(values, a) - at(values, b));
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (from) => at(values, from)), vectors: sorted };
}

const at = (array: Float64Array, index: number): number => array[index] as number;
