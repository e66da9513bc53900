import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { Images, JsonNumber } from "../../api/types";
import { linked, linkedStep, linkTo } from "../../media/linked";
import { StepSlider } from "../../media/StepSlider";
import { stepAtOrBefore, unionOfSteps } from "../../media/steps";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { useNearScreen } from "../../ui/use";
import { Compared } from "./Compared";
import { WHOLE } from "./geometry";
import { PairChoice } from "./PairChoice";
import { pairOf } from "./pairs";
import { useSteps } from "./use_steps";
import { setView, viewOf } from "./views";

interface Props {
  tag: string;
  prefix: string;
  /** At least two. */
  runs: readonly ShownRun[];
}

/** Two runs' images of a tag, held against each other at one step. */
export function CompareCard({ tag, prefix, runs }: Props): JSX.Element | null {
  const root = useRef<HTMLElement>(null);
  const pair = pairOf(
    tag,
    runs.map(({ name }) => name),
  );
  if (!pair) return null;
  const [a, b] = pair.map((name) => runs.find((run) => run.name === name));
  if (!a || !b) return null;
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      testId="compare-card"
      actions={
        viewOf(tag) !== WHOLE ? (
          <IconButton icon="reset" label="Whole picture" testId="image-whole" onClick={() => setView(tag, WHOLE)} />
        ) : null
      }
    >
      <PairChoice tag={tag} runs={runs} pair={pair} />
      <Sides key={pair.join("\n")} tag={tag} a={a} b={b} root={root} />
    </Card>
  );
}

interface SidesProps {
  tag: string;
  a: ShownRun;
  b: ShownRun;
  root: { current: HTMLElement | null };
}

function Sides({ tag, a, b, root }: SidesProps): JSX.Element {
  const near = useNearScreen(root);
  const own = useSignal<number | null>(null);
  const left = useSteps(a.name, tag, near, own);
  const right = useSteps(b.name, tag, near, own);
  const [leftList, rightList] = [left.images.value, right.images.value];
  const steps = useMemo(() => unionOfSteps([leftList?.step ?? [], rightList?.step ?? []]), [leftList, rightList]);
  const step = linked.value ? linkedStep.value : own.value;
  const index = step === null ? Math.max(0, steps.length - 1) : stepAtOrBefore(steps, step);
  const times = useMemo(() => timesOf(leftList, rightList), [leftList, rightList]);
  const show = (at: number): void => {
    const next = steps[at];
    if (next === undefined) return;
    (linked.peek() ? linkedStep : own).value = linkTo(next, steps);
  };
  return (
    <>
      <Compared tag={tag} a={a} b={b} left={left} right={right} />
      <StepSlider
        steps={steps}
        wallTimes={steps.map((at) => times.get(at) ?? "NaN")}
        index={index}
        wanted={step !== null && steps.length > 0 && steps[index] !== step ? step : null}
        plays
        onChange={show}
      />
    </>
  );
}

/** When each step was logged; where both have it, by B. */
function timesOf(...lists: (Images | null)[]): Map<number, JsonNumber> {
  const times = new Map<number, JsonNumber>();
  for (const list of lists)
    for (const [at, step] of (list?.step ?? []).entries()) times.set(step, list?.wall_time[at] ?? "NaN");
  return times;
}
