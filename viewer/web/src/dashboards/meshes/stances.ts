/** From where the meshes of a card are looked at: as it sees them all, from where it is kept, or as every other card. */

import {
  batch,
  type ReadonlySignal,
  type Signal,
  signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Box } from "../../api/meshes";
import { type Codec, hashSignal } from "../../state/hash";
import { type Camera, centerOf, fitting, lookingFrom, type Stance, USUAL_TURN } from "./scene/camera";
import type { ViewSettings } from "./scene/view_settings";
import { viewMode } from "./settings";

const NUMBERS = 6;
const DIGITS = 6;

const stanceCodec: Codec<Stance | null> = {
  read: (values) => {
    const numbers = (values[0] ?? "").split(",").map((text) => Number(text || Number.NaN));
    const [azimuth, polar, x, y, z, distance] = numbers as [number, number, number, number, number, number];
    if (numbers.length !== NUMBERS || !numbers.every(Number.isFinite) || distance <= 0) return undefined;
    return { azimuth, polar, place: { target: [x, y, z], distance } };
  },
  write: (stance) =>
    stance?.place
      ? [
          [stance.azimuth, stance.polar, ...stance.place.target, stance.place.distance]
            .map((value) => Number(value.toPrecision(DIGITS)))
            .join(","),
        ]
      : [],
};

/** Of all cards, while they share one. */
const shared = hashSignal<Stance | null>("mesh-camera", null, stanceCodec);

/** The one that was changed last in any card: what all take over when they begin to share. */
const latest = signal<Stance | null>(null);

/** What a card shows: where its meshes are, and how the log wants them to be seen. */
export interface Seen {
  box: Box;
  settings: ViewSettings;
}

export interface CardStance {
  stance: ReadonlySignal<Stance | null>;
  change(stance: Stance): void;
  reset(): void;
}

export function useStance(seen: ReadonlySignal<Seen | null>): CardStance {
  const own = useSignal<Stance | null>(null);
  const fitted = useMemo<{ last: Seen | null }>(() => ({ last: null }), []);
  const now = (): Signal<Stance | null> => (viewMode.peek() === "share" ? shared : own);
  const stance = useComputed(() => (viewMode.value === "share" ? shared.value : own.value));

  useSignalEffect(() => {
    const at = seen.value;
    const mode = viewMode.value;
    if (!at) return;
    if (mode === "fit") {
      // How it is turned stays; where it is does not.
      const before = own.peek();
      if (before?.place && at !== fitted.last) own.value = { ...before, place: null };
      fitted.last = at;
      return;
    }
    if (mode === "share" && !shared.value) shared.value = latest.peek() ?? own.peek();
    const mine = mode === "share" ? shared : own;
    if (!mine.value?.place) mine.value = stanceOf(standing(mine.peek(), at, 1));
  });
  const change = (next: Stance): void => {
    batch(() => {
      now().value = next;
      latest.value = next;
    });
  };
  const reset = (): void => {
    const at = seen.peek();
    const mine = now();
    mine.value = viewMode.peek() === "fit" || !at ? null : stanceOf(standing(null, at, 1));
    latest.value = mine.peek();
  };
  return { stance, change, reset };
}

/** Where the eye is for a stance, in a picture of that shape; for none, where the log puts it or all is seen. */
export function standing(stance: Stance | null, { box, settings: { eye, fov } }: Seen, aspect: number): Camera {
  if (!stance && eye) return lookingFrom(eye, centerOf(box));
  const { azimuth, polar } = stance ?? USUAL_TURN;
  return { azimuth, polar, ...(stance?.place ?? fitting(box, fov, aspect)) };
}

/** The stance of who is where a camera is. */
export const stanceOf = ({ azimuth, polar, target, distance }: Camera): Stance => ({
  azimuth,
  polar,
  place: { target, distance },
});
