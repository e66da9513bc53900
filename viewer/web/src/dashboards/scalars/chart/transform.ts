/** From values to canvas pixels. */

import type { Range } from "./extent";
import { makeScale, type Scale } from "./scale";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Transform {
  box: Box;
  /** Not finite where a value has no place, as 0 on a logarithmic axis. */
  x(value: number): number;
  y(value: number): number;
  /** How values lie along each axis. */
  xScale: Scale;
  yScale: Scale;
}

const LINEAR = makeScale("linear");

export function makeTransform(
  box: Box,
  xRange: Range,
  yRange: Range,
  xScale: Scale = LINEAR,
  yScale: Scale = LINEAR,
): Transform {
  const across = placing(xRange, xScale, box.left, box.width);
  const up = placing(yRange, yScale, box.top + box.height, -box.height);
  return { box, x: across, y: up, xScale, yScale };
}

function placing(range: Range, scale: Scale, start: number, length: number): (value: number) => number {
  const low = scale.to(range[0]);
  const factor = length / (scale.to(range[1]) - low);
  if (scale.kind === "linear") return (value) => start + (value - low) * factor;
  const { to } = scale;
  return (value) => start + (to(value) - low) * factor;
}
