/** Which points are meant when the pointer is at some x. */

import type { Line } from "./line";

/** Index of the point whose x is nearest; -1 of no points. x may go back, as after a restart. */
export function nearestIndex(x: Float64Array, at: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const d = Math.abs((x[i] as number) - at);
    // Of points at one x, the later is the newer truth.
    if (d <= distance) {
      distance = d;
      best = i;
    }
  }
  return best;
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
export function hitsAt(lines: readonly Line[], at: number): Hit[] {
  return lines.flatMap((line) => {
    const index = nearestIndex(line.x, at);
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

/** Highest first, as the lines lie on the screen; what cannot be ordered comes last. */
export function sortHits(hits: readonly Hit[]): Hit[] {
  const key = (hit: Hit): number => {
    const value = drawnValue(hit);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  return [...hits].sort((a, b) => key(b) - key(a) || 0);
}
