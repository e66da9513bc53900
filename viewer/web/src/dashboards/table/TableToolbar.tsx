import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { tagFilter } from "../../state/tags";
import type { TextTable } from "../../table/export";
import { FilterBox } from "../../ui/FilterBox";
import { Icon } from "../../ui/Icon";
import { Segmented } from "../../ui/Segmented";
import { Toggle } from "../../ui/Toggle";
import { ExportMenu } from "../../ui/table/ExportMenu";
import { atStep, baseline, hidden, relation, SHOWN, SHOWN_WORDS, shownKind, tickedOnly } from "./settings";

const KINDS = SHOWN.map((value) => ({ value, text: SHOWN_WORDS[value] }));
const RELATIONS = [
  { value: "delta", text: "Δ" },
  { value: "percent", text: "%" },
  { value: "value", text: "Value" },
] as const;

export function TableToolbar({ table }: { table(): Promise<TextTable> }): JSX.Element {
  return (
    <div class="toolbar" role="toolbar" aria-label="View">
      <FilterBox filter={tagFilter} label="Filter tags" testId="tag-filter" />
      <div class="toolbar-controls">
        <Segmented
          label="What of each metric"
          choices={KINDS}
          value={shownKind.value}
          testId="table-kind"
          onChange={(value) => {
            shownKind.value = value;
          }}
        />
        {shownKind.value === "at" ? <StepField /> : null}
        <Baseline />
        {hidden.value.size ? (
          <button
            type="button"
            class="button soft"
            data-testid="show-hidden"
            onClick={() => {
              hidden.value = new Set();
            }}
          >
            Show hidden <span class="count">{hidden.value.size}</span>
          </button>
        ) : null}
        <Toggle label="Ticked only" on={tickedOnly} testId="ticked-only" />
        <ExportMenu name="metrics" table={table} testId="table-export" />
      </div>
    </div>
  );
}

function StepField(): JSX.Element {
  const typed = useSignal(atStep.peek() === null ? "" : String(atStep.peek()));
  const valid = /^-?\d{1,15}$/.test(typed.value.trim());
  return (
    <input
      class="hang-field"
      type="text"
      inputMode="numeric"
      placeholder="step"
      aria-label="Step"
      aria-invalid={typed.value !== "" && !valid}
      data-testid="table-step"
      value={typed.value}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
        const text = typed.value.trim();
        if (/^-?\d{1,15}$/.test(text)) atStep.value = Number(text);
      }}
    />
  );
}

/** The run that others are compared with: chosen in its row, shown and let go of here. */
function Baseline(): JSX.Element | null {
  if (!baseline.value) return null;
  return (
    <span class="filter-chip" data-testid="baseline" data-run={baseline.value}>
      <span class="filter-chip-words">against</span>
      <strong class="filter-chip-name" title={baseline.value}>
        {baseline.value}
      </strong>
      <Segmented
        label="How runs are compared with the baseline"
        choices={RELATIONS}
        value={relation.value}
        testId="table-relation"
        onChange={(value) => {
          relation.value = value;
        }}
      />
      <button
        type="button"
        class="filter-chip-close"
        aria-label="Compare with no run"
        onClick={() => {
          baseline.value = "";
        }}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
