import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { HangingButton } from "../../ui/table/HangingButton";
import type { Field } from "./fields";
import { axes } from "./state";
import { nameOf } from "./words";

interface Props {
  text: string;
  side: Signal<readonly string[]>;
  /** What is shown of it now. */
  now: readonly Field[];
  testId: string;
}

/** The columns of the table that the matrix has across, or down. */
export function SideChoice({ text, side, now, testId }: Props): JSX.Element {
  const on = new Set(now.map(({ id }) => id));
  return (
    <HangingButton
      text={text}
      count={now.length}
      testId={testId}
      render={() => (
        <div class="hang-list">
          {axes.value.map((field) => (
            <label key={field.id} class="hang-item">
              <input
                type="checkbox"
                class="checkbox"
                checked={on.has(field.id)}
                data-field={field.id}
                onChange={() => {
                  const ids = now.map(({ id }) => id);
                  side.value = on.has(field.id) ? ids.filter((id) => id !== field.id) : [...ids, field.id];
                }}
              />
              <span class="value-text">{nameOf(field)}</span>
            </label>
          ))}
        </div>
      )}
    />
  );
}
