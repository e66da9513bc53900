/** An order of things in which any first few are spread evenly over all of them. */

/** The golden section: steps of that share of a circle fill it most evenly. */
const STEP = 0.6180339887498949;

/** Where each of `count` things stands in that order; the same for the same count. */
export function spreadOrder(count: number): Uint32Array {
  const order = new Uint32Array(count);
  let step = Math.max(1, Math.round(count * STEP));
  while (divisor(step, count) !== 1) step++;
  for (let i = 0, at = 0; i < count; i++) {
    order[i] = at;
    at = (at + step) % count;
  }
  return order;
}

function divisor(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low) [high, low] = [low, high % low];
  return high;
}
