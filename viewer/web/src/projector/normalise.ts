/** Points moved to the origin, and on to a sphere around it. */

import type { Matrix } from "./principal";
import type { NormaliseOptions } from "./types";

/** The same points if there is nothing to do; a point at the origin stays there. */
export function normalise<Of extends Matrix>(points: Of, { centre, unit }: NormaliseOptions): Of {
  if (!centre && !unit) return points;
  const { count, dims } = points;
  const values = points.values.slice();
  if (centre) {
    const mean = new Float64Array(dims);
    for (let at = 0; at < values.length; )
      for (let j = 0; j < dims; j++) mean[j] = (mean[j] as number) + (values[at++] as number);
    for (let j = 0; j < dims; j++) mean[j] = (mean[j] as number) / count;
    for (let at = 0; at < values.length; )
      for (let j = 0; j < dims; j++, at++) values[at] = (values[at] as number) - (mean[j] as number);
  }
  if (unit)
    for (let from = 0; from < values.length; from += dims) {
      let squares = 0;
      for (let at = from; at < from + dims; at++) squares += (values[at] as number) ** 2;
      const length = Math.sqrt(squares);
      if (length > 0) for (let at = from; at < from + dims; at++) values[at] = (values[at] as number) / length;
    }
  return { ...points, values };
}
