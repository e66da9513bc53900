/** How close points of a layout may come: 1 / (1 + a x^2b), fitted to what is wanted of it. */

const SAMPLES = 300;
const ROUNDS = 100;

/**
 * `a` and `b` for which the curve is nearest, by squares, to one that is 1 up to `minDist` and falls off from there with
 * `spread`. Source: Levenberg and Marquardt.
 */
export function fitCurve(spread: number, minDist: number): { a: number; b: number } {
  const x = Float64Array.from({ length: SAMPLES }, (_, at) => (3 * spread * at) / (SAMPLES - 1));
  const y = x.map((at) => (at < minDist ? 1 : Math.exp(-(at - minDist) / spread)));
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let error = errorOf(x, y, a, b);
  for (let round = 0; round < ROUNDS; round++) {
    let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
    x.forEach((at, place) => {
      if (at === 0) return;
      const power = at ** (2 * b);
      const value = 1 / (1 + a * power);
      const byA = -power * value * value;
      const byB = -2 * a * power * Math.log(at) * value * value;
      const off = (y[place] as number) - value;
      aa += byA * byA;
      ab += byA * byB;
      bb += byB * byB;
      ra += byA * off;
      rb += byB * off;
    });
    const [p, q] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = p * q - ab * ab;
    if (!(Math.abs(determinant) > 0)) break;
    const [nextA, nextB] = [a + (q * ra - ab * rb) / determinant, b + (p * rb - ab * ra) / determinant];
    const next = nextA > 0 && nextB > 0 ? errorOf(x, y, nextA, nextB) : Number.POSITIVE_INFINITY;
    if (next > error) {
      damping *= 10;
      continue;
    }
    const isDone = error - next < 1e-14;
    [a, b, error, damping] = [nextA, nextB, next, damping / 10];
    if (isDone) break;
  }
  return { a, b };
}

function errorOf(x: Float64Array, y: Float64Array, a: number, b: number): number {
  let sum = 0;
  x.forEach((at, place) => {
    sum += ((y[place] as number) - 1 / (1 + a * at ** (2 * b))) ** 2;
  });
  return sum;
}
