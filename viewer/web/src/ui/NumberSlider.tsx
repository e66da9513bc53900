import type { JSX } from "preact";

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
  const take = (text: string, most: number): void => {
    const typed = Number(text);
    if (text.trim() && Number.isFinite(typed)) onChange(Math.min(most, Math.max(min, typed)));
  };
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
        onInput={(event) => take(event.currentTarget.value, max)}
      />
      <input
        type="text"
        inputMode="decimal"
        class="number-field"
        aria-label={`${label}, as a number`}
        value={String(value)}
        data-testid={testId && `${testId}-number`}
        onChange={(event) => {
          take(event.currentTarget.value, typedMax);
          event.currentTarget.value = String(value);
        }}
      />
    </div>
  );
}
