/** Which texts of a run and tag are on its card: the newest, or those around a step that somebody went to. */

import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import { getTexts } from "../../api/client";
import { getSteps } from "../../api/steps";
import type { Texts } from "../../api/types";
import { useResource } from "../../ui/use_resource";
import { target } from "./find";

const PAGE = 20;
const MOST = 1000;

export interface TextWindow {
  texts: ReadonlySignal<Texts | null>;
  error: ReadonlySignal<string | null>;
  steps: ReadonlySignal<{ step: readonly number[] } | null>;
  /** Index of the text that somebody went to. */
  focus: ReadonlySignal<number | null>;
  goTo(index: number): void;
  older: (() => void) | null;
  newer: (() => void) | null;
  newest(): void;
}

export function useTexts(run: string, tag: string, near: ReadonlySignal<boolean>): TextWindow {
  // Null: the newest, also when newer ones come.
  const start = useSignal<number | null>(null);
  const limit = useSignal(PAGE);
  const focus = useSignal<number | null>(null);
  const { value: texts, error } = useResource(near, () => {
    const range = start.value === null ? { limit: limit.value } : { start: start.value, limit: limit.value };
    return (signal) => getTexts(run, tag, range, signal);
  });
  const { value: steps } = useResource(near, () => (signal) => getSteps("texts", run, tag, signal));

  const goTo = (index: number): void => {
    start.value = Math.max(0, index - PAGE / 2);
    limit.value = PAGE;
    focus.value = index;
  };
  useSignalEffect(() => {
    const wanted = target.value;
    if (wanted?.run === run && wanted.tag === tag) goTo(wanted.index);
  });

  const shown = texts.value;
  const canGrow = limit.value < MOST;
  const isAtEnd = !shown || shown.start + shown.samples.length >= shown.total;
  return {
    texts,
    error,
    steps,
    focus,
    goTo,
    older:
      shown && shown.start > 0 && canGrow
        ? () => {
            const more = start.value === null ? 3 * limit.value : Math.min(3 * limit.value, start.value);
            if (start.value !== null) start.value -= more;
            limit.value = Math.min(MOST, limit.value + more);
          }
        : null,
    newer:
      isAtEnd || !canGrow
        ? null
        : () => {
            limit.value = Math.min(MOST, limit.value * 4);
          },
    newest: () => {
      start.value = null;
      limit.value = PAGE;
      focus.value = null;
    },
  };
}
