import type { JSX } from "preact";
import type { JsonNumber } from "../../api/types";
import { formatCount } from "../../format/numbers";
import { formatWallTime, formatWhen } from "../../format/time";

interface Props {
  steps: readonly number[];
  wallTimes: readonly JsonNumber[];
  index: number;
  onChange(index: number): void;
}

/** Index of the step nearest to a typed one; of equal steps the last. */
export function nearestStep(steps: readonly number[], wanted: number): number {
  let best = 0;
  for (let i = 1; i < steps.length; i++) {
    if (Math.abs((steps[i] ?? 0) - wanted) <= Math.abs((steps[best] ?? 0) - wanted)) best = i;
  }
  return best;
}

/** A slider over all steps, which arrow keys move, and a field where a step can be typed. */
export function StepSlider({ steps, wallTimes, index, onChange }: Props): JSX.Element {
  const last = Math.max(0, steps.length - 1);
  const type = (input: HTMLInputElement): void => {
    const wanted = Number(input.value.replace(/[\s\u2009]/g, ""));
    if (input.value.trim() && Number.isFinite(wanted)) onChange(nearestStep(steps, wanted));
    input.value = String(steps[index] ?? "");
  };
  return (
    <div class="step-slider">
      <input
        type="range"
        class="slider"
        min={0}
        max={last}
        step={1}
        value={index}
        disabled={last === 0}
        aria-label="Step"
        aria-valuetext={`step ${steps[index] ?? ""}`}
        style={{ "--filled": last ? `${(index / last) * 100}%` : "100%" }}
        data-testid="step-slider"
        data-count={steps.length}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <div class="step-line">
        <label>
          step
          <input
            type="text"
            inputMode="numeric"
            class="number-field step-field"
            aria-label="Go to step"
            value={String(steps[index] ?? "")}
            data-testid="step-number"
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => type(event.currentTarget)}
          />
        </label>
        <span class="step-place">
          {steps.length ? `${formatCount(index + 1)} of ${formatCount(steps.length)}` : ""}
        </span>
        <span class="step-time" title={steps.length ? formatWallTime(Number(wallTimes[index])) : undefined}>
          {steps.length ? formatWhen(Number(wallTimes[index])) : ""}
        </span>
      </div>
    </div>
  );
}
