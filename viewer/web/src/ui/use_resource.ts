/** Data that a card reads while it is near the screen, again whenever the log has changed. */

import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { isPassing } from "../api/client";
import { connection, revision } from "../state/log";
import { Latest } from "./latest";

export interface Resource<T> {
  /** The last answer; null until there is one. */
  value: ReadonlySignal<T | null>;
  /** Why the last attempt gave none, in words. */
  error: ReadonlySignal<string | null>;
}

type Load<T> = (signal: AbortSignal) => Promise<T>;

/** `prepare` reads the signals that the data depend on and gives the function that reads the data. */
export function useResource<T>(near: ReadonlySignal<boolean>, prepare: () => Load<T>): Resource<T> {
  const value = useSignal<T | null>(null);
  const error = useSignal<string | null>(null);
  const { abort, latest } = useMemo(() => {
    const abort = new AbortController();
    const latest = new Latest<Load<T>>(async (load) => {
      try {
        value.value = await load(abort.signal);
        error.value = null;
      } catch (reason) {
        if (abort.signal.aborted) return;
        error.value = reason instanceof Error ? reason.message : String(reason);
        if (isPassing(reason)) latest.retry(load);
      }
    });
    return { abort, latest };
  }, []);
  useSignalEffect(() => {
    revision.value;
    connection.value;
    const load = prepare();
    if (near.value) latest.ask(load);
  });
  useEffect(
    () => () => {
      latest.stop();
      abort.abort();
    },
    [],
  );
  return { value, error };
}
