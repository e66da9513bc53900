import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { Toggle } from "../../ui/Toggle";
import { endsIndex, ownAxes, ownAxesError } from "./arrangement";
import { table } from "./columns";
import { ColumnSelect } from "./Section";
import { ENDS, type End, ends, endsAreRegex, endsColumn } from "./settings";

const WORDS: Readonly<Record<End, string>> = { left: "Left", right: "Right", up: "Up", down: "Down" };

/** Axes from the middle of some points to that of others: those whose text in a column is like what is typed. */
export function OwnAxesTab(): JSX.Element {
  const names = table.value?.names ?? [];
  if (!names.length)
    return <p class="hint proj-tab">Axes of your own need metadata: text in which points are found.</p>;
  return (
    <div class="proj-tab" data-testid="proj-own-axes">
      <ColumnSelect
        label="Look in"
        names={names}
        value={endsIndex.value}
        testId="proj-ends-column"
        onChange={(column) => {
          endsColumn.value = column === null ? "" : (names[column] ?? "");
        }}
      />
      {ENDS.map((end, i) => (
        <label key={end} class="proj-field">
          <span class="control-label">{WORDS[end]}</span>
          <input
            type="text"
            class="text-field"
            spellcheck={false}
            autocomplete="off"
            placeholder="all points"
            value={ends[end].value}
            data-testid={`proj-end-${end}`}
            onInput={(event) => {
              ends[end].value = event.currentTarget.value;
            }}
          />
          <span class="count proj-matched" data-testid={`proj-matched-${end}`}>
            {ends[end].value && ownAxes.value ? formatCount(ownAxes.value.matched[i] ?? 0) : ""}
          </span>
        </label>
      ))}
      <Toggle label="Regular expressions" on={endsAreRegex} testId="proj-ends-regex" />
      {ownAxesError.value ? (
        <p class="hint proj-failed" role="alert" data-testid="proj-ends-error">
          {ownAxesError.value}
        </p>
      ) : null}
    </div>
  );
}
