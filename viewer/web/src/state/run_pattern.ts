/** Groups of runs by what a regular expression finds in their names. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { Matcher } from "../regex/matcher";
import { runNames } from "./run_names";

export interface PatternKeys {
  /** What was found in each name; null until the worker has looked. While a pattern is wrong, that of before stays. */
  keys: ReadonlySignal<ReadonlyMap<string, string | null> | null>;
  /** What is wrong with the pattern, in words. */
  mistake: ReadonlySignal<string | null>;
}

/** `pattern`: null where there is none. */
export function keysByPattern(pattern: ReadonlySignal<string | null>, matcher = new Matcher()): PatternKeys {
  const keys = signal<ReadonlyMap<string, string | null> | null>(null);
  const mistake = signal<string | null>(null);
  effect(() => {
    const [wanted, names] = [pattern.value, runNames.value];
    if (wanted === null || names.length === 0) {
      mistake.value = null;
      return;
    }
    void matcher.groups(wanted, names).then((result) => {
      if (!result || pattern.peek() !== wanted) return;
      mistake.value = "error" in result ? result.error : null;
      if ("keys" in result) keys.value = new Map(names.map((name, at) => [name, result.keys[at] ?? null]));
    });
  });
  return { keys, mistake };
}
