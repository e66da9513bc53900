/** In which order points are drawn: the far ones first, so that what is transparent at its edge lies over what is behind. */

import type { Matrix } from "./camera";

const BUCKETS = 4096;

/** Sorts many points by depth fast enough to do so for every picture. */
export class DepthOrder {
  private keys = new Uint16Array(0);
  private readonly starts = new Uint32Array(2 * BUCKETS + 1);
  order = new Uint32Array(0);

  /** `front`, if given, says which points (1) are drawn after all others, and which (2) are not drawn at all. */
  sort(places: Float32Array, matrix: Matrix, front: Uint8Array | null): Uint32Array {
    const count = Math.floor(places.length / 3);
    if (this.keys.length !== count) {
      this.keys = new Uint16Array(count);
      this.order = new Uint32Array(count);
    }
    const { keys, starts } = this;
    const [a, b, c] = [matrix[3] as number, matrix[7] as number, matrix[11] as number];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < count; i++) {
      const d = a * (places[3 * i] as number) + b * (places[3 * i + 1] as number) + c * (places[3 * i + 2] as number);
      if (d < low) low = d;
      if (d > high) high = d;
    }
    const factor = high > low ? (BUCKETS - 1) / (high - low) : 0;
    starts.fill(0);
    let hidden = 0;
    for (let i = 0; i < count; i++) {
      const d = a * (places[3 * i] as number) + b * (places[3 * i + 1] as number) + c * (places[3 * i + 2] as number);
      const f = front ? (front[i] as number) : 0;
      if (f === 2 || Number.isNaN(d)) {
        keys[i] = 2 * BUCKETS;
        hidden++;
        continue;
      }
      const key = ((high - d) * factor) | 0;
      keys[i] = f === 1 ? key + BUCKETS : key;
      starts[(keys[i] as number) + 1] = (starts[(keys[i] as number) + 1] as number) + 1;
    }
    for (let i = 1; i <= 2 * BUCKETS; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
    for (let i = 0; i < count; i++) {
      const key = keys[i] as number;
      if (key === 2 * BUCKETS) continue;
      const at = starts[key] as number;
      this.order[at] = i;
      starts[key] = at + 1;
    }
    return this.order.subarray(0, count - hidden);
  }
}
