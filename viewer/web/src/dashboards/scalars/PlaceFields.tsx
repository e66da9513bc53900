import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { chartAxis } from "../../state/axis";
import { axisWord, formatPlace } from "./place_words";
import { type Place, setPlace } from "./places";

/** A place, or a range, as it can be typed; an empty end makes a single place of it. */
export function PlaceFields({ id, place }: { id: string; place: Place | null }): JSX.Element {
  const change = (change: Partial<Place>): void => {
    const next = { from: place?.from ?? Number.NaN, to: place?.to ?? null, ...change };
    if (Number.isNaN(next.from)) next.from = next.to ?? Number.NaN;
    if (!Number.isNaN(next.from)) setPlace(id, next);
  };
  return (
    <div class="place-fields">
      <span class="control-label">At {axisWord()}</span>
      <PlaceField
        label="From"
        value={place?.from ?? null}
        testId="place-from-field"
        onChange={(value) => (value === null ? setPlace(id, null) : change({ from: value }))}
      />
      <span class="control-label">to</span>
      <PlaceField label="To" value={place?.to ?? null} testId="place-to-field" onChange={(to) => change({ to })} />
      {chartAxis.value === "wall" && place ? <span class="hint">{formatPlace(place.from)}</span> : null}
    </div>
  );
}

interface FieldProps {
  label: string;
  value: number | null;
  testId: string;
  /** Null: emptied. */
  onChange(value: number | null): void;
}

function PlaceField({ label, value, testId, onChange }: FieldProps): JSX.Element {
  const draft = useSignal<string | null>(null);
  return (
    <input
      type="text"
      inputMode="decimal"
      class="number-field place-field"
      aria-label={label}
      value={draft.value ?? (value === null ? "" : String(Number(value.toPrecision(9))))}
      data-testid={testId}
      onInput={(event) => {
        draft.value = event.currentTarget.value;
      }}
      onChange={(event) => {
        const text = event.currentTarget.value.replace(/[\s ]/g, "");
        draft.value = null;
        if (!text) onChange(null);
        else if (Number.isFinite(Number(text))) onChange(Number(text));
      }}
    />
  );
}
