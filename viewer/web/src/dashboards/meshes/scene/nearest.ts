/** Which point is meant by a place on the screen. */

import type { Size } from "../../../ui/use";

export interface Spot {
  /** Of the point among those that were sent. */
  index: number;
  /** Where it is seen, in CSS pixels. */
  x: number;
  y: number;
}

/** From so many points on, looking through all of them for each move of the pointer would hold the page up. */
const MOST_LOOKED_AT = 500_000;
/** Points as near to the pointer as this count as equally near: the one in front is meant. */
const SAME_PIXELS = 3;

/**
 * The point that is seen within `reach` pixels of a place; null if there is none. `toClip` is a 4 × 4 matrix, column by
 * column, from the log's coordinates to those of the picture.
 */
export function nearestPoint(
  vertices: Float32Array,
  toClip: readonly number[],
  { width, height }: Size,
  at: { x: number; y: number },
  reach: number,
): Spot | null {
  const count = vertices.length / 3;
  if (count > MOST_LOOKED_AT) return null;
  const [rowX, rowY, rowZ, rowW] = [0, 1, 2, 3].map((row) => [0, 4, 8, 12].map((column) => toClip[column + row])) as [
    Row,
    Row,
    Row,
    Row,
  ];
  let best: (Spot & { depth: number; distance: number }) | null = null;
  for (let index = 0; index < count; index++) {
    const px = vertices[3 * index] as number;
    const py = vertices[3 * index + 1] as number;
    const pz = vertices[3 * index + 2] as number;
    const w = rowW[0] * px + rowW[1] * py + rowW[2] * pz + rowW[3];
    if (!(w > 0)) continue;
    const x = ((rowX[0] * px + rowX[1] * py + rowX[2] * pz + rowX[3]) / w + 1) * (width / 2);
    const dx = x - at.x;
    if (dx > reach || dx < -reach) continue;
    const y = (1 - (rowY[0] * px + rowY[1] * py + rowY[2] * pz + rowY[3]) / w) * (height / 2);
    const distance = Math.max(SAME_PIXELS, Math.hypot(dx, y - at.y));
    if (distance > reach) continue;
    const depth = (rowZ[0] * px + rowZ[1] * py + rowZ[2] * pz + rowZ[3]) / w;
    if (!best || distance < best.distance || (distance === best.distance && depth < best.depth)) {
      best = { index, x, y, depth, distance };
    }
  }
  return best && { index: best.index, x: best.x, y: best.y };
}

type Row = [number, number, number, number];
