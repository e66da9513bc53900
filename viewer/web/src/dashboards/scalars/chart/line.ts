/** What a chart draws: one line a run. */

import type { XAxis } from "../../../api/client";
import type { Curve } from "../../../api/scalars";

export interface Line {
  run: string;
  /** `#rrggbb`. */
  color: string;
  dash: readonly number[];
  /** Step, seconds since the epoch, or seconds since the run's first point. */
  x: Float64Array;
  /** What is drawn strongly: the smoothed values, or the logged ones. */
  y: Float64Array;
  /** Logged values, drawn faintly beneath smoothed ones. */
  raw: Float64Array | null;
  curve: Curve;
}

const relative = new WeakMap<Curve, Float64Array>();

/** A curve's x values on one of the three axes. */
export function xOf(curve: Curve, axis: XAxis): Float64Array {
  if (axis === "step") return curve.step;
  if (axis === "wall") return curve.wallTime;
  let since = relative.get(curve);
  if (!since) {
    since = curve.wallTime.map((time) => time - curve.start);
    relative.set(curve, since);
  }
  return since;
}

export function makeLine(curve: Curve, axis: XAxis, color: string, dash: readonly number[]): Line {
  return {
    run: curve.run,
    color,
    dash,
    x: xOf(curve, axis),
    y: curve.smoothed ?? curve.value,
    raw: curve.smoothed ? curve.value : null,
    curve,
  };
}
