/** Which two runs of a tag are held against each other. */

import type { Codec } from "../../state/hash";
import { hashSignal } from "../../state/hash";

/** Names of runs. */
export type Pair = readonly [a: string, b: string];

const codec: Codec<ReadonlyMap<string, Pair>> = {
  read: (values) => {
    const pairs = new Map<string, Pair>();
    for (const value of values) {
      const said = parse(value);
      if (!Array.isArray(said) || !said.every((name) => typeof name === "string")) continue;
      const [tag, a, b] = said;
      if (tag !== undefined && a !== undefined && b !== undefined) pairs.set(tag, [a, b]);
    }
    return pairs.size ? pairs : undefined;
  },
  write: (pairs) => [...pairs].map(([tag, [a, b]]) => JSON.stringify([tag, a, b])),
};

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

const pairs = hashSignal<ReadonlyMap<string, Pair>>("image-pair", new Map(), codec);

/** The chosen runs of a tag as far as they are among `names`; else the first two that differ. */
export function pairOf(tag: string, names: readonly string[]): Pair | null {
  if (names.length < 2) return null;
  const [a, b] = pairs.value.get(tag) ?? [];
  const first = a !== undefined && names.includes(a) ? a : (names.find((name) => name !== b) ?? "");
  const second = b !== undefined && names.includes(b) && b !== first ? b : (names.find((name) => name !== first) ?? "");
  return [first, second];
}

export function choosePair(tag: string, [a, b]: Pair, changed: 0 | 1, name: string): void {
  // Choosing the run on the other side swaps the two.
  const next: Pair = changed === 0 ? [name, name === b ? a : b] : [name === a ? b : a, name];
  pairs.value = new Map(pairs.peek()).set(tag, next);
}
