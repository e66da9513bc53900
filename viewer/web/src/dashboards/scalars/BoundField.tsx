import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Bound } from "./axis_rules";

interface Props {
  label: string;
  /** Whether times of the clock are typed instead of numbers. */
  clock: boolean;
  value: Bound;
  /** What a wider scope says. */
  inherited: number | null;
  testId: string;
  onChange(value: Bound): void;
}

const pad = (value: number): string => String(value).padStart(2, "0");

function written(value: number, clock: boolean): string {
  const date = new Date(value * 1000);
  if (!clock || Number.isNaN(date.getTime())) return String(value);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** What somebody typed: nothing, `auto`, a number, `1e-3`, a time; undefined if it is none of these. */
export function readTyped(text: string, clock: boolean): Bound | undefined {
  const said = text.trim().replace("−", "-");
  if (!said) return null;
  if (said.toLowerCase() === "auto") return "auto";
  const value = Number(said);
  if (Number.isFinite(value)) return value;
  const time = clock ? Date.parse(said.replace(" ", "T")) / 1000 : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}

/** One end of an axis: empty for as far as there are values, or as a wider scope says. */
export function BoundField({ label, clock, value, inherited, testId, onChange }: Props): JSX.Element {
  const wrong = useSignal(false);
  const text = value === null ? "" : value === "auto" ? "auto" : written(value, clock);
  return (
    <label class="bound">
      <span class="control-label">{label}</span>
      <input
        type="text"
        class={wrong.value ? "axis-field wrong" : "axis-field"}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={wrong.value}
        title={clock ? "A time such as 2025-01-31 14:30; empty: automatic" : "A number; empty: automatic"}
        placeholder={inherited === null ? "auto" : written(inherited, clock)}
        value={text}
        data-testid={testId}
        onChange={(event) => {
          const typed = readTyped(event.currentTarget.value, clock);
          wrong.value = typed === undefined;
          if (typed !== undefined) onChange(typed);
        }}
      />
    </label>
  );
}
