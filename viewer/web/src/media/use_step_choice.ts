/** Which of its steps a card shows: its own choice, or that of all linked cards. */

import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { allSteps, linked, linkedStep, linkTo, offerSteps } from "./linked";
import { stepAtOrBefore } from "./steps";

export interface StepChoice {
  /** 0-based; the last one until another is chosen. */
  index: ReadonlySignal<number>;
  /** The linked step, if this card has it not and shows the one before instead. */
  wanted: ReadonlySignal<number | null>;
  show(index: number): void;
}

/**
 * The choice of the card `card`, whose steps are in `list` once they are read. `group` holds a step that a few cards share
 * while not all are linked.
 */
export function useStepChoice(
  card: string,
  list: ReadonlySignal<{ step: readonly number[] } | null>,
  group?: Signal<number | null>,
): StepChoice {
  // Null: the latest, also when a later one comes.
  const chosen = useSignal<number | null>(null);
  const shared = (): number | null | undefined => (linked.value ? linkedStep.value : group?.value);
  const index = useComputed(() => {
    const steps = list.value?.step ?? [];
    const last = Math.max(0, steps.length - 1);
    const step = shared();
    if (step === undefined) return Math.min(chosen.value ?? last, last);
    return step === null ? last : stepAtOrBefore(steps, step);
  });
  const wanted = useComputed(() => {
    const step = shared() ?? null;
    const steps = list.value?.step;
    return step !== null && steps?.length && steps[index.value] !== step ? step : null;
  });

  useSignalEffect(() => offerSteps(card, list.value?.step ?? null));
  useEffect(() => () => offerSteps(card, null), [card]);

  const show = (at: number): void => {
    const steps = list.peek()?.step ?? [];
    const step = steps[at];
    if (linked.peek() && step !== undefined) {
      linkedStep.value = linkTo(step, allSteps.peek());
      return;
    }
    chosen.value = at >= steps.length - 1 ? null : Math.max(0, at);
  };
  return { index, wanted, show };
}
