/** How all scalar charts show their data. */

import { flagCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export const logY = hashSignal<boolean>("log", false, flagCodec);

/** Charts whose cards take the whole width: tags, and panels by their ids. */
export const wideTags = hashSignal<ReadonlySet<string>>("wide", new Set(), setCodec);

export function toggleWide(id: string): void {
  const next = new Set(wideTags.peek());
  if (!next.delete(id)) next.add(id);
  wideTags.value = next;
}
