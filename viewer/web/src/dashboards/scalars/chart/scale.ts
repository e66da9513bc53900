/** How values lie along an axis: evenly, by their logarithm, or by a logarithm that has a place for zero and below. */

export type ScaleKind = "linear" | "log" | "symlog";

export const SCALE_KINDS: readonly ScaleKind[] = ["linear", "log", "symlog"];

export interface Scale {
  kind: ScaleKind;
  /** Of symlog: values closer to zero than this lie almost evenly. */
  threshold: number;
  /** Where a value lies on a straight line; not finite where it has no place. */
  to(value: number): number;
  /** The value at a place. */
  from(place: number): number;
}

const LINEAR: Scale = { kind: "linear", threshold: 1, to: (value) => value, from: (place) => place };
const LOG: Scale = {
  kind: "log",
  threshold: 1,
  to: (value) => (value > 0 ? Math.log10(value) : Number.NaN),
  from: (place) => 10 ** place,
};

/** A scale of a kind; symlog is asinh(value / threshold), which is what uPlot and matplotlib call by that name. */
export function makeScale(kind: ScaleKind, threshold = 1): Scale {
  if (kind === "linear") return LINEAR;
  if (kind === "log") return LOG;
  return {
    kind,
    threshold,
    to: (value) => Math.asinh(value / threshold),
    from: (place) => Math.sinh(place) * threshold,
  };
}

/** Whether a value has a place on an axis of the kind. */
export const hasPlace = (kind: ScaleKind, value: number): boolean =>
  kind === "log" ? value > 0 && value < Number.POSITIVE_INFINITY : Number.isFinite(value);

export const isSameScale = (a: Scale, b: Scale): boolean => a.kind === b.kind && a.threshold === b.threshold;
