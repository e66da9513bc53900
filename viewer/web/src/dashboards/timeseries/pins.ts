/** Cards that stand on top of the page, in an order of their own, in the address. */

import { type Codec, hashSignal } from "../../state/hash";

const MOST = 500;

export const pinsCodec: Codec<readonly string[]> = {
  read: (values) => (values.length ? [...new Set(values)].slice(0, MOST) : undefined),
  write: (keys) => [...keys],
};

/** Keys of cards, as `keyOf` makes them, and panels, as `writePanel` does. */
export const pins = hashSignal<readonly string[]>("pin", [], pinsCodec);

export function togglePin(key: string): void {
  const now = pins.peek();
  pins.value = now.includes(key) ? now.filter((other) => other !== key) : [...now, key].slice(-MOST);
}

/** Change places with the pinned card `by` places on. */
export function movePin(key: string, by: number): void {
  pins.value = moved(pins.peek(), key, by);
}

/** The list with `key` so many places on; at the ends it stays. */
export function moved(keys: readonly string[], key: string, by: number): readonly string[] {
  const from = keys.indexOf(key);
  if (from < 0) return keys;
  const rest = keys.filter((other) => other !== key);
  rest.splice(Math.max(0, Math.min(rest.length, from + by)), 0, key);
  return rest;
}

/** Put another card in the place of one. */
export function replacePin(key: string, other: string): void {
  pins.value = [...new Set(pins.peek().map((pinned) => (pinned === key ? other : pinned)))];
}

export function clearPins(): void {
  pins.value = [];
}
