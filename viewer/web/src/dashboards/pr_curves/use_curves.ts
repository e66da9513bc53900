/**
 * The curves of one tag that its chart shows.
 *
 * All runs at the step that they share come in one answer. Runs with a step of their own are asked for one by one, and
 * stand in the place of what the common answer has of them.
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { getPrCurves } from "../../api/curves";
import { namedRuns } from "../../api/named_runs";
import type { TagCard } from "../../state/tags";
import { useResource } from "../../ui/use_resource";
import { type Curve, readCurve } from "./curves";
import { ownSteps, sharedStep } from "./settings";

export interface PrCurvesOfTag {
  /** By run; null until the first answer. */
  curves: ReadonlySignal<ReadonlyMap<string, Curve> | null>;
  error: ReadonlySignal<string | null>;
}

export function useCurves(card: TagCard, near: ReadonlySignal<boolean>): PrCurvesOfTag {
  const { tag } = card;
  const shown = useSignal(card);
  shown.value = card;
  const common = useResource(near, () => {
    const step = Number.isNaN(sharedStep.value) ? undefined : Math.round(sharedStep.value);
    const { runs, runsWithTag } = shown.value;
    const names = runs.map(({ name }) => name);
    const run = namedRuns(names, runsWithTag);
    return async (signal) => readAll(await getPrCurves({ tag, run, step }, signal));
  });
  const own = useResource(near, () => {
    const asked = shown.value.runs.flatMap((run) => {
      const index = ownSteps.value.get(`${tag}\n${run.name}`);
      return index === undefined ? [] : [{ run: run.name, index }];
    });
    return async (signal) => {
      const answers = await Promise.all(asked.map(({ run, index }) => getPrCurves({ tag, run: [run], index }, signal)));
      return new Map(answers.flatMap((answer) => [...readAll(answer)]));
    };
  });
  const curves = useComputed(() => {
    if (!common.value.value) return null;
    const all = new Map(common.value.value);
    for (const [run, curve] of own.value.value ?? []) if (ownSteps.value.has(`${tag}\n${run}`)) all.set(run, curve);
    return all;
  });
  return { curves, error: common.error };
}

const readAll = ({ curves }: Awaited<ReturnType<typeof getPrCurves>>): Map<string, Curve> =>
  new Map(curves.map((curve) => [curve.run, readCurve(curve)]));
