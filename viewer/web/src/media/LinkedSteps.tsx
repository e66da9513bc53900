import type { JSX } from "preact";
import { formatCount } from "../format/numbers";
import { allSteps, linkedStep, linkTo } from "./linked";
import { PlayButton } from "./PlayButton";
import { SpeedChoice } from "./SpeedChoice";
import { StepField, StepRange } from "./StepSlider";
import { stepAtOrBefore } from "./steps";

/** The slider that moves all cards, over every step that any of them has. */
export function LinkedSteps({ plays = true }: { plays?: boolean }): JSX.Element {
  const steps = allSteps.value;
  const last = Math.max(0, steps.length - 1);
  const index = linkedStep.value === null ? last : stepAtOrBefore(steps, linkedStep.value);
  const onChange = (at: number): void => {
    const step = steps[at];
    if (step !== undefined) linkedStep.value = linkTo(step, steps);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
    <div class="linked-steps" role="group" aria-label="Step of all cards" data-testid="linked-steps">
      {plays ? <PlayButton count={steps.length} index={index} onChange={onChange} /> : null}
      <StepRange steps={steps} index={index} onChange={onChange} />
      <StepField steps={steps} index={index} onChange={onChange} />
      <span class="step-place">{steps.length ? `${formatCount(index + 1)} of ${formatCount(steps.length)}` : ""}</span>
      {plays ? <SpeedChoice /> : null}
    </div>
  );
}
