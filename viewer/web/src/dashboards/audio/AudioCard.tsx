import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { getAudioClips } from "../../api/audio";
import { getSteps } from "../../api/steps";
import { formatCount } from "../../format/numbers";
import { StepSlider } from "../../media/StepSlider";
import { useStepChoice } from "../../media/use_step_choice";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import { ClipPlayer } from "./ClipPlayer";

/** Clips of a step that are on a card at first. */
const SHOWN_AT_FIRST = 8;

/** The sounds of one run and tag, with a slider over all steps. */
export function AudioCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const limit = useSignal(SHOWN_AT_FIRST);
  const list = useResource(near, () => (signal) => getSteps("audio", run.name, tag, signal));
  const steps = list.value.value;
  const choice = useStepChoice(`audio\n${tag}\n${run.name}`, list.value);
  const found = useResource(near, () => {
    const at = choice.index.value;
    const stamp = stampAt(list.value.value, at);
    return async (signal) =>
      stamp ? { at, stamp, ...(await getAudioClips(run.name, tag, at, signal)) } : { at, stamp, clips: [], count: 0 };
  });
  const clips = found.value.value;
  const error = found.error.value ?? list.error.value;
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      testId="audio-card"
      subtitle={<RunLabel run={run} />}
      stacked
    >
      <div class="clips" data-step={clips?.stamp.split(" ")[0]}>
        {error && !clips?.clips.length ? (
          <p class="hint" data-testid="audio-error">
            {error}
          </p>
        ) : null}
        {(clips?.clips ?? []).slice(0, limit.value).map((clip, item) => (
          <ClipPlayer
            key={`${clips?.at} ${clips?.stamp} ${item}`}
            tag={tag}
            run={run}
            index={clips?.at ?? 0}
            step={steps?.step[clips?.at ?? 0] ?? 0}
            item={item}
            clip={clip}
            near={near}
          />
        ))}
        {clips && clips.stamp !== "" && clips.count === 0 ? <p class="hint">No clip was logged at this step.</p> : null}
        {clips && clips.count > limit.value ? (
          <button
            type="button"
            class="button"
            data-testid="more-clips"
            disabled={limit.value >= clips.clips.length}
            onClick={() => {
              limit.value = clips.clips.length;
            }}
          >
            {limit.value < clips.clips.length ? "Show all" : "The first"} {formatCount(clips.clips.length)} of{" "}
            {formatCount(clips.count)} clips
          </button>
        ) : null}
      </div>
      <StepSlider
        steps={steps?.step ?? []}
        wallTimes={steps?.wall_time ?? []}
        index={choice.index.value}
        wanted={choice.wanted.value}
        onChange={choice.show}
      />
      {steps?.description ? (
        <p class="card-description" title={steps.description}>
          {steps.description}
        </p>
      ) : null}
    </Card>
  );
}

/** Tells a step from another that takes its place later; empty without one. */
function stampAt(steps: { step: number[]; wall_time: unknown[] } | null, at: number): string {
  const step = steps?.step[at];
  return step === undefined ? "" : `${step} ${steps?.wall_time[at]}`;
}
