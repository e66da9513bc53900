import type { JSX } from "preact";

interface Props<T extends string> {
  label: string;
  choices: readonly { value: T; text: string }[];
  value: T;
  onChange(value: T): void;
  testId?: string;
}

/** One choice of a list, as the browser shows it. */
export function Select<T extends string>({ label, choices, value, onChange, testId }: Props<T>): JSX.Element {
  return (
    <select
      class="select"
      aria-label={label}
      value={value}
      data-testid={testId}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.text}
        </option>
      ))}
    </select>
  );
}
