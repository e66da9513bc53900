/** How scalar curves are smoothed, and how that is written in the address: `smoothing=0.6`, `smoothing=mean:25`. */

import type { SmoothingKind } from "../../api/client";
import { type Codec, hashSignal } from "../../state/hash";

export interface Smoothing {
  kind: SmoothingKind;
  /** In the unit of its kind; 0 is off. */
  amount: number;
}

export interface KindOfSmoothing {
  kind: SmoothingKind;
  text: string;
  /** What the amount is. */
  unit: string;
  /** Largest amount, and what a slider reaches to. */
  most: number;
  slideTo: number;
  step: number;
  /** The amount that is taken when the kind is chosen. */
  usual: number;
}

export const KINDS_OF_SMOOTHING: readonly KindOfSmoothing[] = [
  { kind: "ema", text: "Exponential", unit: "weight", most: 0.999, slideTo: 0.99, step: 0.01, usual: 0.6 },
  {
    kind: "halflife",
    text: "Exponential, by distance",
    unit: "half-life",
    most: 1e12,
    slideTo: 100,
    step: 1,
    usual: 10,
  },
  { kind: "mean", text: "Running mean", unit: "points", most: 1e6, slideTo: 101, step: 1, usual: 11 },
  { kind: "median", text: "Running median", unit: "points", most: 1e6, slideTo: 101, step: 1, usual: 11 },
  { kind: "gaussian", text: "Gaussian", unit: "σ in points", most: 1e6, slideTo: 50, step: 0.5, usual: 5 },
  { kind: "gaussian_x", text: "Gaussian, by distance", unit: "σ", most: 1e12, slideTo: 50, step: 0.5, usual: 5 },
];

const FIRST = KINDS_OF_SMOOTHING[0] as KindOfSmoothing;

export const kindOfSmoothing = (kind: SmoothingKind): KindOfSmoothing =>
  KINDS_OF_SMOOTHING.find((known) => known.kind === kind) ?? FIRST;

/** An amount within what its kind takes; windows hold whole numbers of points. */
export function withinKind(kind: SmoothingKind, amount: number): number {
  const within = Math.min(kindOfSmoothing(kind).most, Math.max(0, amount));
  return kind === "mean" || kind === "median" ? Math.round(within) : within;
}

export const smoothingCodec: Codec<Smoothing> = {
  read: (values) => {
    const [, name, text] = /^(?:([a-z_]+):)?(.+)$/.exec(values[0] ?? "") ?? [];
    const kind = name === undefined ? FIRST : KINDS_OF_SMOOTHING.find((known) => known.kind === name);
    const amount = Number(text);
    return kind && Number.isFinite(amount) ? { kind: kind.kind, amount: withinKind(kind.kind, amount) } : undefined;
  },
  write: ({ kind, amount }) => [kind === FIRST.kind ? String(amount) : `${kind}:${amount}`],
};

export const smoothing = hashSignal<Smoothing>("smoothing", { kind: FIRST.kind, amount: 0 }, smoothingCodec);

export const setSmoothing = (kind: SmoothingKind, amount: number): void => {
  smoothing.value = { kind, amount: withinKind(kind, amount) };
};
