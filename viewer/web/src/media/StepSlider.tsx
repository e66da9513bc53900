import type { JSX } from "preact";
import type { JsonNumber } from "../api/types";
import { formatCount } from "../format/numbers";
import { formatWallTime, formatWhen } from "../format/time";
import { PlayButton } from "./PlayButton";
import { nearestStep } from "./steps";

interface Props {
  steps: readonly number[];
  wallTimes: readonly JsonNumber[];
  index: number;
  /** The step that was asked for, if another is shown for want of it. */
  wanted?: number | null;
  /** Whether the steps can be played through. */
  plays?: boolean;
  onChange(index: number): void;
}

/** A slider over all steps, which arrow keys move, and a field where a step can be typed. */
export function StepSlider({ steps, wallTimes, index, wanted = null, plays = false, onChange }: Props): JSX.Element {
  return (
    <div class="step-slider">
      <div class="step-slide">
        {plays ? <PlayButton count={steps.length} index={index} onChange={onChange} /> : null}
        <StepRange steps={steps} index={index} onChange={onChange} />
      </div>
      <div class="step-line">
        <StepField steps={steps} index={index} onChange={onChange} />
        <span class="step-place">
          {steps.length ? `${formatCount(index + 1)} of ${formatCount(steps.length)}` : ""}
        </span>
        {wanted !== null ? (
          <span class="step-wanted" data-testid="step-wanted" title={`Nothing was logged at step ${wanted}`}>
            for {formatCount(wanted)}
          </span>
        ) : null}
        <span class="step-time" title={steps.length ? formatWallTime(Number(wallTimes[index])) : undefined}>
          {steps.length ? formatWhen(Number(wallTimes[index])) : ""}
        </span>
      </div>
    </div>
  );
}

export interface StepControl extends Pick<Props, "steps" | "index" | "onChange"> {
  /** Its name for screen readers. */
  label?: string;
  /** What is said, or written, for the step. */
  words?: string | undefined;
  testId?: string;
}

/** The slider alone. */
export function StepRange({
  steps,
  index,
  onChange,
  label = "Step",
  words = `step ${steps[index] ?? ""}`,
  testId = "step-slider",
}: StepControl): JSX.Element {
  const last = Math.max(0, steps.length - 1);
  return (
    <input
      type="range"
      class="slider"
      min={0}
      max={last}
      step={1}
      value={index}
      disabled={last === 0}
      aria-label={label}
      aria-valuetext={words}
      style={{ "--filled": last ? `${(index / last) * 100}%` : "100%" }}
      data-testid={testId}
      data-count={steps.length}
      onInput={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}

/** The field alone: of what is typed, the nearest step is taken. */
export function StepInput({
  steps,
  index,
  onChange,
  label = "Go to step",
  words = String(steps[index] ?? ""),
  testId = "step-number",
}: StepControl): JSX.Element {
  const type = (input: HTMLInputElement): void => {
    const wanted = Number(input.value.replace(/[\s\u2009]/g, ""));
    if (input.value.trim() && Number.isFinite(wanted) && steps.length) onChange(nearestStep(steps, wanted));
    input.value = words;
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      class="number-field step-field"
      aria-label={label}
      value={words}
      data-testid={testId}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.currentTarget)}
    />
  );
}

/** The field with its label. */
export function StepField(control: StepControl): JSX.Element {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is in it
    <label class="step-label">
      step
      <StepInput {...control} />
    </label>
  );
}
