/** The step of a run's histograms that is shown alone: chosen on the page, or the newest. */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { getHistogram } from "../../api/curves";
import { getSteps, type Steps } from "../../api/steps";
import { stepAtOrBefore } from "../../media/steps";
import { useResource } from "../../ui/use_resource";
import { readSingle, type SingleData } from "./data";
import { chosenStep } from "./settings";

export interface Single {
  steps: ReadonlySignal<Steps | null>;
  index: ReadonlySignal<number>;
  data: ReadonlySignal<SingleData | null>;
  error: ReadonlySignal<string | null>;
  choose(index: number): void;
}

/** Reads nothing while `on` is false. */
export function useSingle(run: string, tag: string, on: ReadonlySignal<boolean>): Single {
  /** Of steps that were logged twice, the one that was chosen in this card. */
  const exact = useSignal<number | null>(null);
  const steps = useResource(on, () => (signal) => getSteps("histograms", run, tag, signal));
  const index = useComputed(() => {
    const all = steps.value.value?.step ?? [];
    const wanted = chosenStep.value;
    if (!all.length) return -1;
    if (Number.isNaN(wanted)) return all.length - 1;
    return exact.value !== null && all[exact.value] === wanted ? exact.value : stepAtOrBefore(all, wanted);
  });
  const single = useResource(on, () => {
    const at = index.value;
    return async (signal) => readSingle(await getHistogram(run, tag, at, signal));
  });
  return {
    steps: steps.value,
    index,
    data: single.value,
    error: useComputed(() => single.error.value ?? steps.error.value),
    choose: (at) => {
      const all = steps.value.peek()?.step ?? [];
      exact.value = at;
      // The newest is followed as it grows.
      chosenStep.value = at === all.length - 1 ? Number.NaN : (all[at] ?? Number.NaN);
    },
  };
}
