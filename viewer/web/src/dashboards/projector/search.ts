/** Finding points by what a column says of them. */

import { batch, effect, signal } from "@preact/signals";
import { matchPlain } from "../../regex/match";
import { Matcher } from "../../regex/matcher";
import { labelIndex, table } from "./columns";
import { catchPoints, caught } from "./marking";
import { data } from "./points";

export const query = signal("");
export const isRegex = signal(false);
/** Null: the column that names the points. */
export const column = signal<number | null>(null);

/** Points found, as indices of those that were read; null: nothing is looked for. */
export const hits = signal<Int32Array | null>(null);
export const error = signal<string | null>(null);

const matcher = new Matcher();
let asked = 0;

/** Look whenever what is looked for has changed; gives what ends it. */
export function followSearch(): () => void {
  return effect(() => {
    const now = ++asked;
    const text = query.value;
    const rows = table.value;
    const from = data.value?.from ?? null;
    const texts = rows?.columns[column.value ?? labelIndex.value ?? -1];
    if (!text || !texts) {
      forget();
      return;
    }
    const names = from ? Array.from(from, (index) => texts[index] ?? "") : texts;
    if (!isRegex.value) {
      take(matchPlain(text, names), from);
      return;
    }
    void matcher.match(text, names).then((found) => {
      if (found === null || now !== asked) return;
      if ("error" in found) error.value = found.error;
      else take(found.matched, from);
    });
  });
}

function take(matched: Uint8Array, from: Int32Array | null): void {
  const found: number[] = [];
  matched.forEach((is, i) => {
    if (is) found.push(from ? (from[i] as number) : i);
  });
  batch(() => {
    error.value = null;
    hits.value = Int32Array.from(found);
    catchPoints(hits.value, "search");
  });
}

function forget(): void {
  if (hits.peek() === null && error.peek() === null) return;
  batch(() => {
    hits.value = null;
    error.value = null;
    if (caught.peek()?.by === "search") caught.value = null;
  });
}
