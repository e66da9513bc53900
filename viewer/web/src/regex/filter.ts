/** A filter over names: what is typed, what it matches, and what is wrong with it. */

import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Matcher } from "./matcher";

export interface Filter {
  text: Signal<string>;
  /** Null: everything. While a pattern is wrong or slow, what matched before stays. */
  matched: ReadonlySignal<ReadonlySet<string> | null>;
  error: ReadonlySignal<string | null>;
  /** Where in the text that is, if it is known: from, up to. */
  place?: ReadonlySignal<readonly [number, number] | null>;
}

export function createFilter(
  text: Signal<string>,
  names: ReadonlySignal<readonly string[]>,
  matcher: Matcher = new Matcher(),
): Filter {
  const matched = signal<ReadonlySet<string> | null>(null);
  const error = signal<string | null>(null);
  effect(() => {
    const pattern = text.value;
    const all = names.value;
    if (!pattern) {
      matched.value = null;
      error.value = null;
      return;
    }
    void matcher.match(pattern, all).then((result) => {
      if (result === null || text.peek() !== pattern) return;
      error.value = "error" in result ? result.error : null;
      if ("matched" in result) matched.value = new Set(all.filter((_, index) => result.matched[index]));
    });
  });
  return { text, matched, error };
}
