/** Smooth curves along the points of an edge. */

/**
 * The knots of cubic Béziers, `x, y` and then `c1x, c1y, c2x, c2y, x, y` again and again: a uniform cubic B-spline that
 * begins and ends in the first and the last point, and stays within the hull of the points.
 */
export function curveAlong(points: ArrayLike<number>): number[] {
  const count = points.length >> 1;
  const x = (i: number): number => points[2 * i] as number;
  const y = (i: number): number => points[2 * i + 1] as number;
  if (count === 0) return [];
  const knots = [x(0), y(0)];
  if (count === 1) return knots;
  let [fromX, fromY] = [x(0), y(0)];
  const to = (c1x: number, c1y: number, c2x: number, c2y: number, endX: number, endY: number): void => {
    knots.push(c1x, c1y, c2x, c2y, endX, endY);
    [fromX, fromY] = [endX, endY];
  };
  const straight = (endX: number, endY: number): void => {
    const [dx, dy] = [(endX - fromX) / 3, (endY - fromY) / 3];
    to(fromX + dx, fromY + dy, endX - dx, endY - dy, endX, endY);
  };
  if (count === 2) {
    straight(x(1), y(1));
    return knots;
  }
  straight((5 * x(0) + x(1)) / 6, (5 * y(0) + y(1)) / 6);
  for (let i = 1; i < count; i++) {
    const [ax, ay, bx, by] = [x(i - 1), y(i - 1), x(i), y(i)];
    const next = Math.min(count - 1, i + 1);
    const [endX, endY] = [(ax + 4 * bx + x(next)) / 6, (ay + 4 * by + y(next)) / 6];
    to((2 * ax + bx) / 3, (2 * ay + by) / 3, (ax + 2 * bx) / 3, (ay + 2 * by) / 3, endX, endY);
  }
  straight(x(count - 1), y(count - 1));
  return knots;
}

/** Points along a curve, evenly enough, from its beginning to its end. */
export function along(knots: readonly number[], perPart = 4): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let i = 0; i + 7 < knots.length; i += 6) {
    for (let part = 0; part < perPart; part++) found.push(bezierAt(knots, i, (part + 0.5) / perPart));
  }
  return found;
}

function bezierAt(knots: readonly number[], from: number, share: number): { x: number; y: number } {
  const rest = 1 - share;
  const weights = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  let [x, y] = [0, 0];
  weights.forEach((weight, at) => {
    x += weight * (knots[from + 2 * at] as number);
    y += weight * (knots[from + 2 * at + 1] as number);
  });
  return { x, y };
}

export interface Arrow {
  /** Its tip, then the other corners. */
  corners: number[];
  /** Where the line ends: a wide one would show beside the tip. */
  neck: { x: number; y: number };
}

/** The head at the end of a line; null where there is no direction. */
export function arrowAt(points: ArrayLike<number>, size: number): Arrow | null {
  const last = points.length - 2;
  const [x, y] = [points[last] as number, points[last + 1] as number];
  for (let i = last - 2; i >= 0; i -= 2) {
    const [dx, dy] = [x - (points[i] as number), y - (points[i + 1] as number)];
    const length = Math.hypot(dx, dy);
    if (length < 0.5) continue;
    const [ux, uy] = [dx / length, dy / length];
    const [backX, backY] = [x - ux * size, y - uy * size];
    const half = size * 0.42;
    return {
      corners: [x, y, backX - uy * half, backY + ux * half, backX + uy * half, backY - ux * half],
      neck: { x: x - ux * size * 0.8, y: y - uy * size * 0.8 },
    };
  }
  return null;
}
