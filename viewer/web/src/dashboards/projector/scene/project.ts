/** Where points are on the screen: for pointing at them, catching them in a box or a loop, and writing beside them. */

import type { Matrix } from "./camera";

export interface Projected {
  count: number;
  /** CSS pixels from the top left; NaN for what is behind the eye. */
  x: Float32Array;
  y: Float32Array;
  /** Distance from the eye; in 2D all have the same. */
  depth: Float32Array;
}

export const nothingProjected: Projected = {
  count: 0,
  x: new Float32Array(0),
  y: new Float32Array(0),
  depth: new Float32Array(0),
};

/** `places` holds x, y, z of each point. */
export function project(places: Float32Array, matrix: Matrix, width: number, height: number): Projected {
  const count = Math.floor(places.length / 3);
  const [x, y, depth] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const m = matrix as unknown as number[];
  const [m0, m4, m8, m12] = [m[0], m[4], m[8], m[12]] as [number, number, number, number];
  const [m1, m5, m9, m13] = [m[1], m[5], m[9], m[13]] as [number, number, number, number];
  const [m3, m7, m11, m15] = [m[3], m[7], m[11], m[15]] as [number, number, number, number];
  for (let i = 0; i < count; i++) {
    const [px, py, pz] = [places[3 * i] as number, places[3 * i + 1] as number, places[3 * i + 2] as number];
    const w = m3 * px + m7 * py + m11 * pz + m15;
    depth[i] = w;
    if (w > 0) {
      x[i] = (((m0 * px + m4 * py + m8 * pz + m12) / w + 1) / 2) * width;
      y[i] = ((1 - (m1 * px + m5 * py + m9 * pz + m13) / w) / 2) * height;
    } else {
      x[i] = Number.NaN;
      y[i] = Number.NaN;
    }
  }
  return { count, x, y, depth };
}

/**
 * The point that somebody means who points at (x, y): of those under the pointer the one in front, else the nearest within
 * `reach` pixels; -1 if there is none. `radius` is that of a point in front of the eye, in pixels.
 */
export function pointNear(
  { count, x, y, depth }: Projected,
  atX: number,
  atY: number,
  radius: (depth: number) => number,
  reach: number,
): number {
  let [under, underDepth] = [-1, Number.POSITIVE_INFINITY];
  let [near, nearest] = [-1, reach * reach];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [(x[i] as number) - atX, (y[i] as number) - atY];
    const square = dx * dx + dy * dy;
    if (!(square <= 2500)) continue;
    const d = depth[i] as number;
    const r = radius(d);
    if (square <= r * r && d < underDepth - 1e-6) {
      under = i;
      underDepth = d;
    }
    if (square < nearest) {
      near = i;
      nearest = square;
    }
  }
  // Without depth to choose by, the middle that is nearest is meant.
  return under >= 0 && near >= 0 && (depth[under] as number) < (depth[near] as number) - 1e-6
    ? under
    : near >= 0
      ? near
      : under;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Points within a box of the screen. */
export function pointsInBox({ count, x, y }: Projected, { left, top, right, bottom }: Box): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const [px, py] = [x[i] as number, y[i] as number];
    if (px >= left && px <= right && py >= top && py <= bottom) found.push(i);
  }
  return Int32Array.from(found);
}

/** Points within a loop, whose corners are x, y, x, y, …; by the even-odd rule. */
export function pointsInLoop({ count, x, y }: Projected, loop: readonly number[]): Int32Array {
  const found: number[] = [];
  const corners = loop.length / 2;
  if (corners < 3) return new Int32Array(0);
  const xs = loop.filter((_, i) => i % 2 === 0);
  const ys = loop.filter((_, i) => i % 2 === 1);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  for (let i = 0; i < count; i++) {
    const [px, py] = [x[i] as number, y[i] as number];
    if (!(px >= left && px <= right && py >= top && py <= bottom)) continue;
    let inside = false;
    for (let a = 0, b = corners - 1; a < corners; b = a++) {
      const [ax, ay, bx, by] = [xs[a] as number, ys[a] as number, xs[b] as number, ys[b] as number];
      if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
    }
    if (inside) found.push(i);
  }
  return Int32Array.from(found);
}
