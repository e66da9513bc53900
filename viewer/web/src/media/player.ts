/** Playing through steps: one slider at a time moves by itself, as fast as what it shows can be read. */

import { signal } from "@preact/signals";
import { numberCodec } from "../state/codecs";
import { hashSignal } from "../state/hash";

export const SPEEDS: readonly number[] = [1, 2, 5, 10, 20];

/** Steps a second. */
export const speed = hashSignal<number>("media-speed", 5, numberCodec(0.1, 60));

/** The slider that plays; null: none. */
export const player = signal<object | null>(null);

/** Cards whose chosen step is not on the screen yet. */
const late = new Set<object>();

export function setLate(card: object, isLate: boolean): void {
  if (isLate) late.add(card);
  else late.delete(card);
}

export const isWaiting = (): boolean => late.size > 0;
