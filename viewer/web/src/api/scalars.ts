/** Decoding of the binary `Scalars` answer: a JSON header, then float64 arrays. */

import { readFloatArrays } from "./float_arrays";
import { type ScalarsHeader, toNumber } from "./types";

/** One run's curve of one tag, thinned to a view. The arrays are views into the answer. */
export interface Curve {
  run: string;
  /** Points logged. */
  total: number;
  /** First wall time in seconds, NaN of an empty series. */
  start: number;
  step: Float64Array;
  wallTime: Float64Array;
  value: Float64Array;
  smoothed: Float64Array | null;
  /** Values of the scalar that was asked for as axis. */
  x: Float64Array | null;
  /** Points without a place on a logarithmic x axis, which are not sent. */
  unplaced: number;
  restarts: readonly Restart[];
  /** Null if they were not asked for, or there are none. */
  superseded: Superseded | null;
  last: { step: number; wallTime: number; value: number } | null;
}

/** A run went on from an earlier step: points from `step` to `last` count no more. */
export interface Restart {
  step: number;
  last: number;
  count: number;
  /** When it went on, in seconds. */
  wallTime: number;
}

/** Points that a restart made void. */
export interface Superseded {
  step: Float64Array;
  wallTime: Float64Array;
  value: Float64Array;
}

export interface Scalars {
  tag: string;
  revision: number;
  curves: Curve[];
}

/** Decode an answer of `api/v1/scalars`; throws `RangeError` if it is cut short. */
export function decodeScalars(body: ArrayBuffer): Scalars {
  const { header, take } = readFloatArrays<ScalarsHeader>(body);
  const curves = header.series.map(
    (head): Curve => ({
      run: head.run,
      total: head.total,
      start: toNumber(head.start),
      step: take(head.n),
      wallTime: take(head.n),
      value: take(head.n),
      smoothed: head.smoothed ? take(head.n) : null,
      x: head.x ? take(head.n) : null,
      unplaced: head.unplaced ?? 0,
      restarts: (head.restarts ?? []).map(({ wall_time, ...rest }) => ({ ...rest, wallTime: toNumber(wall_time) })),
      superseded: head.superseded
        ? { step: take(head.superseded), wallTime: take(head.superseded), value: take(head.superseded) }
        : null,
      last: head.last && {
        step: head.last.step,
        wallTime: toNumber(head.last.wall_time),
        value: toNumber(head.last.value),
      },
    }),
  );
  return { tag: header.tag, revision: header.revision, curves };
}
