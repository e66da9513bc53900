/** How all scalar charts show their data. */

import { flagCodec, numberCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export const MOST_SMOOTHING = 0.999;

/** Weight of the exponential average; 0 is off. */
export const smoothing = hashSignal<number>("smoothing", 0, numberCodec(0, MOST_SMOOTHING));

export const logY = hashSignal<boolean>("log", false, flagCodec);

/** Tags whose cards take the whole width. */
export const wideTags = hashSignal<ReadonlySet<string>>("wide", new Set(), setCodec);

export function toggleWide(tag: string): void {
  const next = new Set(wideTags.peek());
  if (!next.delete(tag)) next.add(tag);
  wideTags.value = next;
}
