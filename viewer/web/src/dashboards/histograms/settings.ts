/** How histograms are drawn. */

import { choiceCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export type Mode = "offset" | "overlay";

/** Offset: one ridge behind the other, oldest at the back. Overlay: all on one axis of counts. */
export const mode = hashSignal<Mode>("histograms", "offset", choiceCodec(["offset", "overlay"]));

/** Cards that take the whole width, as `tag\nrun`. */
export const wideHistograms = hashSignal<ReadonlySet<string>>("widehist", new Set(), setCodec);

export function toggleWideHistogram(key: string): void {
  const next = new Set(wideHistograms.peek());
  if (!next.delete(key)) next.add(key);
  wideHistograms.value = next;
}
