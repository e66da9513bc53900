/** From values to canvas pixels. */

import type { Range } from "./extent";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Transform {
  box: Box;
  x(value: number): number;
  /** NaN where a value has no place, as 0 on a logarithmic axis. */
  y(value: number): number;
  log: boolean;
}

export function makeTransform(box: Box, xRange: Range, yRange: Range, log: boolean): Transform {
  const xScale = box.width / (xRange[1] - xRange[0]);
  const flat = log ? Math.log10 : (value: number): number => value;
  const [low, high] = [flat(yRange[0]), flat(yRange[1])];
  const yScale = box.height / (high - low);
  const bottom = box.top + box.height;
  return {
    box,
    log,
    x: (value) => box.left + (value - xRange[0]) * xScale,
    y: log
      ? (value) => (value > 0 ? bottom - (Math.log10(value) - low) * yScale : Number.NaN)
      : (value) => bottom - (value - low) * yScale,
  };
}
