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
  /** The largest amount. */
  most: number;
  /** What the slider reaches from and to: evenly from 0, or by powers of ten where amounts may be of any size. */
  slide: { to: number } | { from: number; to: number };
  /** The amount that is taken when the kind is chosen. */
  usual: number;
}

export const KINDS_OF_SMOOTHING: readonly KindOfSmoothing[] = [
  { kind: "ema", text: "Exponential", unit: "weight", most: 0.999, slide: { to: 0.99 }, usual: 0.6 },
  {
    ...{ kind: "halflife", text: "Exponential by distance", unit: "half-life in x" },
    ...{ most: 1e12, slide: { from: 1, to: 1e6 }, usual: 10 },
  },
  { kind: "mean", text: "Running mean", unit: "points", most: 1e6, slide: { from: 1, to: 1000 }, usual: 11 },
  { kind: "median", text: "Running median", unit: "points", most: 1e6, slide: { from: 1, to: 1000 }, usual: 11 },
  { kind: "gaussian", text: "Gaussian", unit: "σ in points", most: 1e6, slide: { from: 0.5, to: 500 }, usual: 5 },
  {
    ...{ kind: "gaussian_x", text: "Gaussian by distance", unit: "σ in x" },
    ...{ most: 1e12, slide: { from: 1, to: 1e6 }, usual: 10 },
  },
];

/** Places of the slider, 0 being off. */
export const SLIDER_STEPS = 99;

/** The amount at a place of the slider. */
export function amountAt(kind: SmoothingKind, place: number): number {
  const { slide } = kindOfSmoothing(kind);
  if (place <= 0) return 0;
  if (!("from" in slide)) return Number(((place / SLIDER_STEPS) * slide.to).toPrecision(2));
  const share = (place - 1) / (SLIDER_STEPS - 1);
  return withinKind(kind, Number((slide.from * (slide.to / slide.from) ** share).toPrecision(2)));
}

/** The place of the slider that is nearest to an amount. */
export function placeOf(kind: SmoothingKind, amount: number): number {
  const { slide } = kindOfSmoothing(kind);
  if (amount <= 0) return 0;
  const share =
    "from" in slide
      ? (1 + (Math.log(amount / slide.from) / Math.log(slide.to / slide.from)) * (SLIDER_STEPS - 1)) / SLIDER_STEPS
      : amount / slide.to;
  return Math.round(Math.min(1, Math.max(1 / SLIDER_STEPS, share)) * SLIDER_STEPS);
}

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
