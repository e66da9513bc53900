/** Which sections are folded otherwise than their layout says. */

import { setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

const turned = hashSignal<ReadonlySet<string>>("csfold", new Set(), setCodec);

/** Whether a section is open; `closed` is what its layout says. */
export const isOpen = (key: string, closed: boolean): boolean => turned.value.has(key) === closed;

export function turn(key: string): void {
  const next = new Set(turned.peek());
  if (!next.delete(key)) next.add(key);
  turned.value = next;
}
