/** What a chart draws: a line for each run of each of its tags, or for each group of runs. */

import type { ChartAxis } from "../../../api/client";
import type { Curve, Restart } from "../../../api/scalars";

/** Of each point, how far the runs of a group spread. */
export interface Band {
  low: Float64Array;
  high: Float64Array;
  /** How many of them there are. */
  count: Float64Array;
}

/** Who a line is and how it looks. */
export interface LineLook {
  /** Tells it from the other lines of its chart; the run if not given. */
  key?: string;
  tag?: string;
  /** What legend and tooltip call it; the run if not given. */
  label?: string;
  /** `#rrggbb`. */
  color: string;
  dash: readonly number[];
}

export interface Line {
  /** Tells it from the other lines of its chart. */
  key: string;
  run: string;
  tag: string;
  /** What legend and tooltip call it. */
  label: string;
  /** `#rrggbb`. */
  color: string;
  dash: readonly number[];
  /** Step, seconds since the epoch, or seconds since the run's first point. */
  x: Float64Array;
  /** What is drawn strongly: the smoothed values, or the logged ones. */
  y: Float64Array;
  /** Logged values, drawn faintly beneath smoothed ones. */
  raw: Float64Array | null;
  /** Drawn beneath the line, if it stands for a group. */
  band: Band | null;
  /** One run of a group, beneath the line of that: to be seen, not to be named. */
  isMember?: boolean;
  /** Where the run went on from an earlier step. */
  restarts: readonly RestartMark[];
  /** What that made void, drawn faintly. */
  old: { x: Float64Array; y: Float64Array } | null;
  curve: Curve;
}

export interface RestartMark {
  x: number;
  restart: Restart;
}

const relative = new WeakMap<Curve, Float64Array>();

/** A curve's x values on one of the axes. */
export function xOf(curve: Curve, axis: ChartAxis): Float64Array {
  if (axis === "step") return curve.step;
  if (axis === "wall") return curve.wallTime;
  if (axis === "tag") return curve.x ?? new Float64Array(curve.step.length).fill(Number.NaN);
  let since = relative.get(curve);
  if (!since) {
    since = curve.wallTime.map((time) => time - curve.start);
    relative.set(curve, since);
  }
  return since;
}

export function makeLine(curve: Curve, axis: ChartAxis, look: LineLook): Line {
  const { key = curve.run, tag = "", label = curve.run, color, dash } = look;
  return {
    key,
    run: curve.run,
    tag,
    label,
    color,
    dash,
    x: xOf(curve, axis),
    y: curve.smoothed ?? curve.value,
    raw: curve.smoothed ? curve.value : null,
    band: null,
    restarts: restartsOn(curve, axis),
    old: oldOn(curve, axis),
    curve,
  };
}

/** Places of restarts; another scalar's axis has none for them. */
function restartsOn(curve: Curve, axis: ChartAxis): readonly RestartMark[] {
  if (!curve.restarts.length || axis === "tag") return NO_MARKS;
  return curve.restarts.map((restart) => {
    const x = { step: restart.step, wall: restart.wallTime, relative: restart.wallTime - curve.start }[axis];
    return { x, restart };
  });
}

const NO_MARKS: readonly RestartMark[] = [];

const oldPoints = new WeakMap<Curve, { axis: ChartAxis; old: { x: Float64Array; y: Float64Array } }>();

function oldOn(curve: Curve, axis: ChartAxis): Line["old"] {
  const { superseded } = curve;
  if (!superseded || axis === "tag") return null;
  const known = oldPoints.get(curve);
  if (known?.axis === axis) return known.old;
  const { step, wallTime, value } = superseded;
  const x = { step, wall: wallTime, relative: wallTime.map((time) => time - curve.start) }[axis];
  const old = { x, y: value };
  oldPoints.set(curve, { axis, old });
  return old;
}

/** In words, for whoever points at it. */
export const sayRestart = ({ step, last, count }: Restart): string =>
  `restarted here: ${count} ${count === 1 ? "point" : "points"} of ${
    step === last ? `step ${step}` : `steps ${step}–${last}`
  } superseded`;
