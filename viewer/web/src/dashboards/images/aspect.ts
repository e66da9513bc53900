/** The shape of the frame around a tag's images: that of the first one seen, the same for all runs, within limits. */

import { type Signal, signal } from "@preact/signals";

const NARROWEST = 0.8;
const WIDEST = 2.5;

const aspects = new Map<string, Signal<number>>();
const known = new Set<string>();

/** Width by height; 1 until an image was seen. */
export function aspectOf(tag: string): Signal<number> {
  let aspect = aspects.get(tag);
  if (!aspect) {
    aspect = signal(1);
    aspects.set(tag, aspect);
  }
  return aspect;
}

/** Later images of another shape leave the frame as it is, so that nothing jumps while a slider moves. */
export function learnAspect(tag: string, width: number, height: number): void {
  if (known.has(tag) || !(width > 0) || !(height > 0)) return;
  known.add(tag);
  aspectOf(tag).value = Math.min(WIDEST, Math.max(NARROWEST, width / height));
}
