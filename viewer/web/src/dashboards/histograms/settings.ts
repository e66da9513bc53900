/** How histograms are drawn. */

import { choiceCodec, flagCodec, numberCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export type Mode = "offset" | "overlay" | "heat" | "bars";

/**
 * Offset: one ridge behind the other, oldest at the back. Overlay: all on one axis of counts. Heat: a row a step, coloured
 * by density. Bars: one step alone.
 */
export const mode = hashSignal<Mode>("histograms", "offset", choiceCodec(["offset", "overlay", "heat", "bars"]));

export const FEWEST_STEPS = 2;
export const MOST_STEPS = 1000;

/** How many steps are shown of more; evenly chosen, with the first and the last. */
export const stepCount = hashSignal<number>("histsteps", 50, numberCodec(FEWEST_STEPS, MOST_STEPS));

/** Counts on a logarithmic scale. */
export const logCounts = hashSignal<boolean>("histlog", false, flagCodec);

/** The step that is shown alone, or the last before it that a run has; NaN: the newest. */
export const chosenStep = hashSignal<number>("histstep", Number.NaN, numberCodec(-1e18, 1e18));

/** Cards that take the whole width, as `tag\nrun`. */
export const wideHistograms = hashSignal<ReadonlySet<string>>("widehist", new Set(), setCodec);

export function toggleWideHistogram(key: string): void {
  const next = new Set(wideHistograms.peek());
  if (!next.delete(key)) next.add(key);
  wideHistograms.value = next;
}
