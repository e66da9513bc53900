/** Which step of a run and tag is shown, and its meshes. */

import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { MeshStep } from "../../api/meshes";
import { getSteps, type Steps } from "../../api/steps";
import { setLate } from "../../media/player";
import { type StepChoice, useStepChoice } from "../../media/use_step_choice";
import { connection } from "../../state/log";
import { useResource } from "../../ui/use_resource";
import { MeshCache } from "./mesh_cache";
import { limit } from "./settings";

export interface ShownStep extends MeshStep {
  index: number;
}

export interface MeshOfStep extends StepChoice {
  steps: ReadonlySignal<Steps | null>;
  /** Which mesh of a step; null: all of them. */
  item: Signal<number | null>;
  /** On the screen: the step before stays until the chosen one is read. */
  shown: ReadonlySignal<ShownStep | null>;
  busy: ReadonlySignal<boolean>;
  error: ReadonlySignal<string | null>;
}

export function useMesh(run: string, tag: string, near: ReadonlySignal<boolean>): MeshOfStep {
  const { value: steps, error: listError } = useResource(near, () => (signal) => getSteps("meshes", run, tag, signal));
  const choice = useStepChoice(`meshes\n${tag}\n${run}`, steps);
  const item = useSignal<number | null>(null);
  const shown = useSignal<ShownStep | null>(null);
  const busy = useSignal(true);
  const failed = useSignal<string | null>(null);
  const cache = useMemo(() => new MeshCache(run, tag), [run, tag]);
  const wanted = useComputed(() => {
    const index = choice.index.value;
    const step = steps.value?.step[index];
    if (step === undefined) return null;
    const stamp = `${step} ${steps.value?.wall_time[index]}`;
    return { index, stamp, item: item.value, limit: Number(limit.value) };
  });

  useSignalEffect(() => {
    const now = wanted.value;
    connection.value;
    if (!now || !near.value) return;
    busy.value = true;
    const isLatest = (): boolean => wanted.peek() === now;
    cache.get(now).then(
      (step) => {
        if (!isLatest()) return;
        shown.value = { ...step, index: now.index };
        busy.value = false;
        failed.value = null;
      },
      (reason: unknown) => {
        if (!isLatest()) return;
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
  return { ...choice, steps, item, shown, busy, error };
}
