/** Which steps of precision-recall curves are shown, and how. */

import { flagCodec, numberCodec, setCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";

/** The step of all curves, the nearest that each run has; NaN: the newest. */
export const sharedStep = hashSignal<number>("prstep", Number.NaN, numberCodec(-1e18, 1e18));

const ownCodec: Codec<ReadonlyMap<string, number>> = {
  read: (values) =>
    new Map(
      values.flatMap((text) => {
        const colon = text.indexOf(":");
        const index = Number(text.slice(0, Math.max(0, colon)) || Number.NaN);
        return Number.isInteger(index) && index >= 0 ? [[text.slice(colon + 1), index] as const] : [];
      }),
    ),
  write: (own) => [...own].map(([key, index]) => `${index}:${key}`),
};

/** Curves with a step of their own: by `tag\nrun` its index. */
export const ownSteps = hashSignal<ReadonlyMap<string, number>>("prat", new Map(), ownCodec);

/** Give a run's curve a step of its own; null: the one that all have. */
export function setOwnStep(key: string, index: number | null): void {
  const next = new Map(ownSteps.peek());
  if (index === null) next.delete(key);
  else next.set(key, index);
  ownSteps.value = next;
}

/** One step for all, also for those that had one of their own. */
export function setSharedStep(step: number): void {
  sharedStep.value = step;
  if (ownSteps.peek().size) ownSteps.value = new Map();
}

/** Lines along which F1 is 0.2, 0.4, 0.6 and 0.8. */
export const showF1 = hashSignal<boolean>("prf1", false, flagCodec);

/** Charts that take the whole width, by tag. */
export const wideCharts = hashSignal<ReadonlySet<string>>("widepr", new Set(), setCodec);

export function toggleWideChart(tag: string): void {
  const next = new Set(wideCharts.peek());
  if (!next.delete(tag)) next.add(tag);
  wideCharts.value = next;
}
