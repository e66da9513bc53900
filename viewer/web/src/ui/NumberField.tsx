import type { JSX } from "preact";
import { TypedNumber, type TypedNumberProps } from "./TypedNumber";

interface Props extends TypedNumberProps {
  label: string;
  unit?: string;
}

/** A number that is typed, with its label before it. */
export function NumberField({ label, unit, ...field }: Props): JSX.Element {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is in it
    <label class="labelled-field">
      <span class="control-label">{label}</span>
      <TypedNumber {...field} />
      {unit ? <span class="control-label">{unit}</span> : null}
    </label>
  );
}
