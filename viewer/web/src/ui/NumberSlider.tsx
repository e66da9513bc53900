import type { JSX } from "preact";
import { TypedNumber } from "./TypedNumber";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number): void;
  testId?: string;
  /** Largest number that may be typed, if the slider ends before it. */
  typedMax?: number;
}

/** A slider with a field that holds the same number. */
export function NumberSlider({ label, value, min, max, step, onChange, testId, typedMax = max }: Props): JSX.Element {
  return (
    <div class="number-slider">
      <span class="control-label">{label}</span>
      <input
        type="range"
        class="slider"
        aria-label={label}
        min={min}
        max={max}
        step={step}
        value={value}
        style={{ "--filled": `${((Math.min(value, max) - min) / (max - min)) * 100}%` }}
        data-testid={testId}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <TypedNumber
        label={`${label}, as a number`}
        value={value}
        min={min}
        max={typedMax}
        testId={testId && `${testId}-number`}
        onChange={onChange}
      />
    </div>
  );
}
