import type { JSX } from "preact";
import type { TextTable } from "../../table/export";
import { describeFilter, withFilter } from "../../table/filters";
import { FOLDS } from "../../table/fold";
import { Icon } from "../../ui/Icon";
import { Segmented } from "../../ui/Segmented";
import { Toggle } from "../../ui/Toggle";
import { ExportMenu } from "../../ui/table/ExportMenu";
import { ColumnChoice } from "./ColumnChoice";
import { colorBy, filters, foldBy, folding, following, SHOWN, shownKind } from "./settings";
import { allRows, cellOfRow, colorField, columns, fields, hasGroups, NAME, passing, tableRows } from "./state";
import { nameOf, SHOWN_WORDS } from "./words";

const KINDS = SHOWN.map((value) => ({ value, text: SHOWN_WORDS[value] }));
const EACH = "each";

export function HParamsToolbar(): JSX.Element {
  return (
    <div class="toolbar hp-toolbar" role="toolbar" aria-label="View">
      <div class="toolbar-controls">
        <Segmented
          label="What of each metric"
          choices={KINDS}
          value={shownKind.value}
          testId="hp-kind"
          onChange={(value) => {
            shownKind.value = value;
          }}
        />
        <ColorChoice />
        <Repeats />
        <Toggle label="Tick what is left" on={following} testId="hp-tick" />
        <ColumnChoice />
        <ExportMenu name="hparams" table={textTable} testId="hp-export" />
      </div>
    </div>
  );
}

/** Whether sessions that repeat each other are one row, and what of their values it shows. */
function Repeats(): JSX.Element | null {
  if (!hasGroups.value && folding.value) return null;
  return (
    <label class="hang-select-label">
      Repeats
      <select
        class="hang-select"
        data-testid="hp-repeats"
        value={folding.value ? foldBy.value : EACH}
        onChange={(event) => {
          const { value } = event.currentTarget;
          folding.value = value !== EACH;
          foldBy.value = FOLDS.find((fold) => fold === value) ?? foldBy.peek();
        }}
      >
        {FOLDS.map((fold) => (
          <option key={fold} value={fold}>
            {fold}
          </option>
        ))}
        <option value={EACH}>each alone</option>
      </select>
    </label>
  );
}

/** What lines and points are coloured by. */
function ColorChoice(): JSX.Element {
  const now = colorField.value;
  return (
    <label class="hang-select-label">
      Colour
      <select
        class="hang-select"
        data-testid="hp-color"
        value={now?.id ?? NAME}
        onChange={(event) => {
          colorBy.value = event.currentTarget.value;
        }}
      >
        <option value={NAME}>run</option>
        {columns.value.map((field) => (
          <option key={field.id} value={field.id}>
            {nameOf(field)}
          </option>
        ))}
        {now && !columns.value.includes(now) ? <option value={now.id}>{nameOf(now)}</option> : null}
      </select>
    </label>
  );
}

/** How many rows there are, and the filters that hold others back, each with a way to let go of it. */
export function FilterChips(): JSX.Element {
  const [shown, all] = [passing.value.size, allRows.value.length];
  return (
    <span class="hp-chips">
      <span class="hp-count" data-testid="hp-count" role="status">
        {shown === all ? all : `${shown} of ${all}`} {hasGroups.value ? "rows" : all === 1 ? "session" : "sessions"}
      </span>
      {[...filters.value].map(([id, filter]) => {
        const field = fields.value.get(id);
        return (
          <span key={id} class="filter-chip" data-testid="hp-chip" data-field={id}>
            <strong class="filter-chip-name">{field ? nameOf(field) : id.slice(2)}</strong>
            <span class="filter-chip-words">{describeFilter(filter)}</span>
            <button
              type="button"
              class="filter-chip-close"
              aria-label={`Clear the filter of ${field?.title ?? id}`}
              onClick={() => {
                filters.value = withFilter(filters.peek(), id, null);
              }}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        );
      })}
      {filters.value.size > 1 ? (
        <button
          type="button"
          class="row-tool"
          data-testid="clear-filters"
          onClick={() => {
            filters.value = new Map();
          }}
        >
          clear all
        </button>
      ) : null}
    </span>
  );
}

async function textTable(): Promise<TextTable> {
  const shown = columns.peek();
  return {
    head: ["session", ...shown.map(nameOf)],
    rows: tableRows.peek().map((row) => [row.name, ...shown.map((field) => cellOfRow(field, row))]),
  };
}
