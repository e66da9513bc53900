import type { JSX } from "preact";
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
  const type = (input: HTMLInputElement): void => {
    const typed = Number(input.value.replace(/[\s\u2009]/g, ""));
    if (input.value.trim() && Number.isFinite(typed)) choose(nearestStep(steps, typed));
    input.value = String(steps[index] ?? "");
  };
  return (
    <div class="number-slider">
      <span class="control-label">Step of all</span>
      <input
        type="range"
        class="slider"
        min={0}
        max={last}
        step={1}
        value={index}
        disabled={last === 0}
        aria-label="Step of all runs"
        aria-valuetext={newest ? "the newest" : `step ${steps[index] ?? ""}`}
        style={{ "--filled": last ? `${(index / last) * 100}%` : "100%" }}
        data-testid="pr-all-slider"
        onInput={(event) => choose(Number(event.currentTarget.value))}
      />
      <input
        type="text"
        inputMode="numeric"
        class="number-field step-field"
        aria-label="Go to step, all runs"
        value={newest ? "newest" : String(steps[index] ?? "")}
        data-testid="pr-all-step"
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => type(event.currentTarget)}
      />
    </div>
  );
}
