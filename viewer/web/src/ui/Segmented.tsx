import type { JSX, TargetedKeyboardEvent } from "preact";

const BY_KEY: Partial<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface Props<T extends string> {
  label: string;
  choices: readonly { value: T; text: string }[];
  value: T;
  onChange(value: T): void;
  testId?: string;
}

/** One choice of a few, side by side; arrow keys move between them as between radio buttons. */
export function Segmented<T extends string>({ label, choices, value, onChange, testId }: Props<T>): JSX.Element {
  const move = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = BY_KEY[event.key];
    if (!by) return;
    event.preventDefault();
    const at = choices.findIndex((choice) => choice.value === value);
    const next = choices[(at + by + choices.length) % choices.length];
    if (!next) return;
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div class="segmented" role="radiogroup" aria-label={label} data-testid={testId} onKeyDown={move}>
      {choices.map((choice) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as a segment without a second element
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          data-value={choice.value}
          onClick={() => onChange(choice.value)}
        >
          {choice.text}
        </button>
      ))}
    </div>
  );
}
