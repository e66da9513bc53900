import { useSignal } from "@preact/signals";
import type { JSX } from "preact";

export interface TypedNumberProps {
  /** Its name for screen readers, where no label stands around it. */
  label?: string;
  value: number;
  min: number;
  max: number;
  /** No fractions. */
  whole?: boolean;
  disabled?: boolean;
  testId?: string | undefined;
  onChange(value: number): void;
}

/** A field for a number. What is none is put back; what is out of bounds becomes the bound. */
export function TypedNumber({
  label,
  value,
  min,
  max,
  whole = false,
  disabled = false,
  testId,
  onChange,
}: TypedNumberProps): JSX.Element {
  // What is being typed stays, whatever is drawn anew meanwhile.
  const draft = useSignal<string | null>(null);
  const take = (text: string): void => {
    draft.value = null;
    const typed = Number(text.replace(",", "."));
    if (!text.trim() || !Number.isFinite(typed)) return;
    const bounded = Math.min(max, Math.max(min, typed));
    onChange(whole ? Math.round(bounded) : bounded);
  };
  return (
    <input
      type="text"
      inputMode={whole ? "numeric" : "decimal"}
      class="number-field"
      aria-label={label}
      value={draft.value ?? String(value)}
      disabled={disabled}
      data-testid={testId}
      onInput={(event) => {
        draft.value = event.currentTarget.value;
      }}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}
