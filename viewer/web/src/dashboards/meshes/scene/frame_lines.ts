/** The lines that say where things are: a floor with a grid, and the three axes along the edges of a box. */

import type { Box, Point } from "../../../api/meshes";
import { linearTicks } from "../../../draw/ticks";

export type Segment = readonly [Point, Point];

export interface FrameLines {
  grid: Segment[];
  /** x, y and z, from the box's lowest corner. */
  axes: readonly [Segment, Segment, Segment];
}

const LINES = 8;

/** Null where the box has no extent. */
export function frameLines({ low, high }: Box): FrameLines | null {
  const [x0, y0, z0] = low;
  const [x1, y1, z1] = high;
  if (!(x1 > x0 || y1 > y0 || z1 > z0)) return null;
  const grid: Segment[] = [
    ...ends(x0, x1).map(
      (x): Segment => [
        [x, y0, z0],
        [x, y0, z1],
      ],
    ),
    ...ends(z0, z1).map(
      (z): Segment => [
        [x0, y0, z],
        [x1, y0, z],
      ],
    ),
  ];
  const corner: Point = [x0, y0, z0];
  return {
    grid,
    axes: [
      [corner, [x1, y0, z0]],
      [corner, [x0, y1, z0]],
      [corner, [x0, y0, z1]],
    ],
  };
}

/** Round numbers between two ends, and the ends. */
function ends(low: number, high: number): number[] {
  if (!(high > low)) return [low];
  return [low, ...linearTicks(low, high, LINES).filter((tick) => tick > low && tick < high), high];
}
