/** Which points are meant when the pointer is at some x. */

import { bisect, extentOf } from "./extent";
import type { Line } from "./line";

const asItIs = (value: number): number => value;

/**
 * Index of the point whose x is nearest, as it is seen on a scale; -1 of no points. x may go back, as after a restart.
 */
export function nearestIndex(x: Float64Array, at: number, to: (value: number) => number = asItIs): number {
  if (extentOf(x).rises) return nearestOfRising(x, at, to);
  const place = to(at);
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const d = Math.abs(to(x[i] as number) - place);
    // Of points at one x, the later is the newer truth.
    if (d <= distance) {
      distance = d;
      best = i;
    }
  }
  return best;
}

function nearestOfRising(x: Float64Array, at: number, to: (value: number) => number): number {
  const above = bisect(x, (value) => value > at);
  if (above === 0) return x.length ? lastOfEqual(x, 0) : -1;
  if (above === x.length) return above - 1;
  return to(at) - to(x[above - 1] as number) < to(x[above] as number) - to(at) ? above - 1 : lastOfEqual(x, above);
}

function lastOfEqual(x: Float64Array, index: number): number {
  let last = index;
  while (last + 1 < x.length && x[last + 1] === x[index]) last += 1;
  return last;
}

export interface Hit {
  line: Line;
  index: number;
  x: number;
  /** Logged value. */
  value: number;
  /** Smoothed value; NaN if nothing is smoothed. */
  smoothed: number;
}

/** The nearest point of each line. A line that ends far from the pointer is still listed, at its end. */
export function hitsAt(lines: readonly Line[], at: number, to?: (value: number) => number): Hit[] {
  return lines.flatMap((line) => {
    if (line.isMember) return [];
    const index = nearestIndex(line.x, at, to);
    if (index < 0) return [];
    return {
      line,
      index,
      x: line.x[index] as number,
      value: line.curve.value[index] as number,
      smoothed: line.curve.smoothed ? (line.curve.smoothed[index] as number) : Number.NaN,
    };
  });
}

/** The value of a hit that is drawn strongly. */
export const drawnValue = (hit: Hit): number => hit.line.y[hit.index] as number;
