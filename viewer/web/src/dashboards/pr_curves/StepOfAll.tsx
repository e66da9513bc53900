import type { JSX } from "preact";
import { StepInput, StepRange } from "../../media/StepSlider";
import { nearestStep } from "../../media/steps";
import { knownSteps } from "./known_steps";
import { setSharedStep, sharedStep } from "./settings";

/** One slider for the steps of all curves; at its end it follows the newest. */
export function StepOfAll(): JSX.Element {
  const steps = knownSteps.value;
  const last = Math.max(0, steps.length - 1);
  const wanted = sharedStep.value;
  const newest = Number.isNaN(wanted);
  const index = newest ? last : steps.length ? nearestStep(steps, wanted) : 0;
  const choose = (at: number): void => setSharedStep(at === last ? Number.NaN : (steps[at] ?? Number.NaN));
  return (
    <div class="number-slider">
      <span class="control-label">Step of all</span>
      <StepRange
        steps={steps}
        index={index}
        label="Step of all runs"
        words={newest ? "the newest" : undefined}
        testId="pr-all-slider"
        onChange={choose}
      />
      <StepInput
        steps={steps}
        index={index}
        label="Go to step, all runs"
        words={newest ? "newest" : undefined}
        testId="pr-all-step"
        onChange={choose}
      />
    </div>
  );
}
