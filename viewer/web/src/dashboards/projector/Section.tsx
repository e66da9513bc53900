import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../../ui/Icon";

interface Props {
  title: string;
  testId: string;
  /** Beside the title. */
  extra?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a panel that can be closed. */
export function Section({ title, testId, extra, children }: Props): JSX.Element {
  const open = useSignal(true);
  const id = useId();
  return (
    <section class="proj-section" data-testid={testId}>
      <header class="proj-section-head">
        <button
          type="button"
          class="group-head"
          aria-expanded={open.value}
          aria-controls={id}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <Icon name="chevron" size={12} />
          <span class="group-name">{title}</span>
        </button>
        {extra}
      </header>
      {open.value ? (
        <div class="proj-section-body" id={id}>
          {children}
        </div>
      ) : null}
    </section>
  );
}

/** A control with its name before it. */
export function Field({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is in it
    <label class="proj-field">
      <span class="control-label">{label}</span>
      {children}
    </label>
  );
}

/** One of the columns that the log says of each point. */
export function ColumnSelect(props: {
  label: string;
  names: readonly string[];
  value: number | null;
  /** What stands for no column. */
  none?: string;
  testId: string;
  onChange(column: number | null): void;
}): JSX.Element {
  return (
    <Field label={props.label}>
      <select
        class="hang-select"
        data-testid={props.testId}
        value={props.value === null ? "" : String(props.value)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChange(value === "" ? null : Number(value));
        }}
      >
        {props.none === undefined ? null : <option value="">{props.none}</option>}
        {props.names.map((name, i) => (
          <option key={i} value={String(i)}>
            {name || `column ${i + 1}`}
          </option>
        ))}
      </select>
    </Field>
  );
}
