/** Which step of a run and tag is shown, and its pictures. */

import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { getImages } from "../../api/client";
import type { Images } from "../../api/types";
import { setLate } from "../../media/player";
import { type StepChoice, useStepChoice } from "../../media/use_step_choice";
import { useResource } from "../../ui/use_resource";
import { PictureCache, type Pictures } from "./picture_cache";

export interface Shown extends Pictures {
  index: number;
  step: number;
}

export interface Steps extends StepChoice {
  images: ReadonlySignal<Images | null>;
  /** The pictures on the screen: those before stay until the chosen ones are read. */
  shown: ReadonlySignal<Shown | null>;
  busy: ReadonlySignal<boolean>;
  error: ReadonlySignal<string | null>;
}

/** `group` holds the step that several cards share, if they do. */
export function useSteps(
  run: string,
  tag: string,
  near: ReadonlySignal<boolean>,
  group?: Signal<number | null>,
): Steps {
  const { value: images, error: listError } = useResource(near, () => (signal) => getImages(run, tag, signal));
  const choice = useStepChoice(`images\n${tag}\n${run}`, images, group);
  const { index } = choice;
  const shown = useSignal<Shown | null>(null);
  const busy = useSignal(true);
  const failed = useSignal<string | null>(null);
  const cache = useMemo(() => new PictureCache(run, tag), [run, tag]);

  useSignalEffect(() => {
    const list = images.value;
    const at = index.value;
    if (!list?.step.length || !near.value) return;
    const stampOf = (i: number): string => `${list.step[i]} ${list.wall_time[i]}`;
    busy.value = true;
    cache.get(at, stampOf(at)).then(
      (pictures) => {
        if (index.peek() !== at) return;
        shown.value = { ...pictures, index: at, step: list.step[at] ?? 0 };
        busy.value = false;
        failed.value = null;
        cache.prefetch(at, list.step.length, stampOf);
      },
      (reason: unknown) => {
        if (index.peek() !== at) return;
        busy.value = false;
        failed.value = reason instanceof Error ? reason.message : String(reason);
      },
    );
  });
  useSignalEffect(() => setLate(cache, busy.value && near.value));
  useEffect(
    () => () => {
      setLate(cache, false);
      cache.close();
    },
    [cache],
  );

  const error = useComputed(() => failed.value ?? listError.value);
  return { ...choice, images, shown, busy, error };
}
