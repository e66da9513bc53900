/** Which step of a run and tag is shown, and its pictures. */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { getImages } from "../../api/client";
import type { Images } from "../../api/types";
import { useResource } from "../../ui/use_resource";
import { PictureCache, type Pictures } from "./picture_cache";

export interface Shown extends Pictures {
  index: number;
  step: number;
}

export interface Steps {
  images: ReadonlySignal<Images | null>;
  /** 0-based; the last one until another is chosen, and then that of the chosen step. */
  index: ReadonlySignal<number>;
  /** The pictures on the screen: those before stay until the chosen ones are read. */
  shown: ReadonlySignal<Shown | null>;
  busy: ReadonlySignal<boolean>;
  error: ReadonlySignal<string | null>;
  show(index: number): void;
}

export function useSteps(run: string, tag: string, near: ReadonlySignal<boolean>): Steps {
  const { value: images, error: listError } = useResource(near, () => (signal) => getImages(run, tag, signal));
  // Null: the latest, also when a later one comes.
  const chosen = useSignal<number | null>(null);
  const index = useComputed(() => {
    const last = Math.max(0, (images.value?.step.length ?? 0) - 1);
    return Math.min(chosen.value ?? last, last);
  });
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
  useEffect(() => () => cache.close(), [cache]);

  const show = (at: number): void => {
    const last = (images.peek()?.step.length ?? 1) - 1;
    chosen.value = at >= last ? null : Math.max(0, at);
  };
  const error = useComputed(() => failed.value ?? listError.value);
  return { images, index, shown, busy, error, show };
}
