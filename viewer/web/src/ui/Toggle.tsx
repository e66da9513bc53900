import type { Signal } from "@preact/signals";
import type { JSX } from "preact";

/** A check box with its label, bound to a signal. */
export function Toggle({ label, on, testId }: { label: string; on: Signal<boolean>; testId?: string }): JSX.Element {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        class="checkbox"
        checked={on.value}
        data-testid={testId}
        onChange={(event) => {
          on.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
