/** Data that a card reads while it is near the screen, again whenever the log has changed. */

import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { revision } from "../state/log";

export interface Resource<T> {
  /** The last answer; null until there is one. */
  value: ReadonlySignal<T | null>;
  /** Why there is none, in words. */
  error: ReadonlySignal<string | null>;
}

/** `load` reads the signals that it depends on; it is called again when one of them changes. */
export function useResource<T>(
  near: ReadonlySignal<boolean>,
  load: (signal: AbortSignal) => Promise<T> | null,
): Resource<T> {
  const value = useSignal<T | null>(null);
  const error = useSignal<string | null>(null);
  const asking = useRef<AbortController | undefined>(undefined);
  useSignalEffect(() => {
    revision.value;
    if (!near.value) return;
    const abort = new AbortController();
    const promise = load(abort.signal);
    if (!promise) return;
    asking.current?.abort();
    asking.current = abort;
    promise.then(
      (answer) => {
        if (abort.signal.aborted) return;
        value.value = answer;
        error.value = null;
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) error.value = reason instanceof Error ? reason.message : String(reason);
      },
    );
  });
  useEffect(() => () => asking.current?.abort(), []);
  return { value, error };
}
