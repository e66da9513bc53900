/** One step for all cards of pictures and sounds: each shows its own step at or before that one. */

import { computed, signal } from "@preact/signals";
import { flagCodec } from "../state/codecs";
import { type Codec, hashSignal } from "../state/hash";
import { unionOfSteps } from "./steps";

/** Null: the latest of each card, also when later ones come. */
type LinkedStep = number | null;

const stepCodec: Codec<LinkedStep> = {
  read: (values) => {
    const step = Number(values[0] || Number.NaN);
    return Number.isSafeInteger(step) ? step : undefined;
  },
  write: (step) => (step === null ? [] : [String(step)]),
};

export const linked = hashSignal<boolean>("media-link", false, flagCodec);
export const linkedStep = hashSignal<LinkedStep>("media-step", null, stepCodec);

const lists = signal<ReadonlyMap<string, readonly number[]>>(new Map());

/** The steps that any card has read the list of. */
export const allSteps = computed<readonly number[]>(() => unionOfSteps(lists.value.values()));

/** Say which steps a card has; null when it goes away. */
export function offerSteps(card: string, steps: readonly number[] | null): void {
  const before = lists.peek();
  if ((before.get(card) ?? null) === steps) return;
  const next = new Map(before);
  if (steps) next.set(card, steps);
  else next.delete(card);
  lists.value = next;
}

/** What to choose for a step: beyond the last one there is, the latest, so that new ones are followed. */
export const linkTo = (step: number, steps: readonly number[]): LinkedStep =>
  step >= (steps.at(-1) ?? Number.NEGATIVE_INFINITY) ? null : step;
