import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type Cell, cellKey, distinctCells } from "../../table/cells";
import { type ColumnFilter, withFilter } from "../../table/filters";
import type { Field } from "./fields";
import { filters } from "./settings";
import { allRows, cellsOfRow, patternErrors } from "./state";
import { writeCell } from "./words";

/** So many values can be ticked one by one. */
const MOST_TICKS = 200;
/** Numbers of which there are no more than these are ticked as well. */
const FEW_NUMBERS = 12;

/** What of a field is let through: an interval, ticked values, or what a pattern matches. */
export function FilterEditor({ field }: { field: Field }): JSX.Element {
  const cells = allRows.value.flatMap((row) => cellsOfRow(field, row));
  const distinct = distinctCells(cells);
  const filter = filters.value.get(field.id);
  const set = (next: ColumnFilter | null): void => {
    filters.value = withFilter(filters.peek(), field.id, next);
  };
  const tickable = distinct.length <= (field.numeric ? FEW_NUMBERS : MOST_TICKS);
  const canRange = field.numeric && distinct.length > 1;
  return (
    <div class="hang-list" data-testid="filter-editor" data-field={field.id}>
      {canRange ? <RangeFields field={field} filter={filter} onChange={set} /> : null}
      {field.numeric ? null : <PatternField field={field} filter={filter} onChange={set} />}
      {tickable ? <ValueTicks field={field} distinct={distinct} filter={filter} onChange={set} /> : null}
      {filter ? (
        <button type="button" class="hang-item" data-testid="clear-filter" onClick={() => set(null)}>
          Clear this filter
        </button>
      ) : null}
    </div>
  );
}

interface Part {
  field: Field;
  filter: ColumnFilter | undefined;
  onChange(filter: ColumnFilter | null): void;
}

function RangeFields({ field, filter, onChange }: Part): JSX.Element {
  const range =
    filter?.kind === "range"
      ? filter
      : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, missing: false };
  const write = (value: number): string => (Number.isFinite(value) ? String(value) : "");
  const take = (end: "low" | "high", text: string): boolean => {
    const open = end === "low" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const value = text.trim() === "" ? open : Number(text);
    if (Number.isNaN(value)) return false;
    const next = { ...range, [end]: value };
    const isAll = next.low === Number.NEGATIVE_INFINITY && next.high === Number.POSITIVE_INFINITY;
    onChange(isAll ? null : { kind: "range", ...next });
    return true;
  };
  return (
    <>
      <div class="range-fields">
        <Bound
          label={`Lowest ${field.title}`}
          place="lowest"
          text={write(range.low)}
          take={(text) => take("low", text)}
        />
        –
        <Bound
          label={`Highest ${field.title}`}
          place="highest"
          text={write(range.high)}
          take={(text) => take("high", text)}
        />
      </div>
      {filter?.kind === "range" ? (
        <label class="hang-item">
          <input
            type="checkbox"
            class="checkbox"
            checked={range.missing}
            onChange={(event) => onChange({ kind: "range", ...range, missing: event.currentTarget.checked })}
          />
          and those without a value
        </label>
      ) : null}
    </>
  );
}

function Bound(props: { label: string; place: string; text: string; take(text: string): boolean }): JSX.Element {
  const wrong = useSignal(false);
  return (
    <input
      class="hang-field"
      type="text"
      inputMode="decimal"
      placeholder={props.place}
      aria-label={props.label}
      aria-invalid={wrong.value}
      data-testid={`filter-${props.place}`}
      defaultValue={props.text}
      onChange={(event) => {
        wrong.value = !props.take(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") wrong.value = !props.take(event.currentTarget.value);
      }}
    />
  );
}

function PatternField({ field, filter, onChange }: Part): JSX.Element {
  const error = filter?.kind === "text" ? patternErrors.value.get(field.id) : undefined;
  return (
    <>
      <div class="range-fields">
        <input
          class="hang-field"
          type="text"
          spellcheck={false}
          placeholder="text or pattern"
          aria-label={`${field.title} matches`}
          aria-invalid={error !== undefined}
          data-testid="filter-pattern"
          value={filter?.kind === "text" ? filter.pattern : ""}
          onInput={(event) => {
            const pattern = event.currentTarget.value;
            onChange(pattern ? { kind: "text", pattern } : null);
          }}
        />
      </div>
      {error ? (
        <span class="hang-error" role="status">
          {error}
        </span>
      ) : null}
    </>
  );
}

function ValueTicks({
  field,
  distinct,
  filter,
  onChange,
}: Part & { distinct: { cell: Cell; count: number }[] }): JSX.Element {
  const all = distinct.map(({ cell }) => cellKey(cell));
  const on = (key: string): boolean => (filter?.kind === "values" ? filter.keys.has(key) : !filter);
  const toggle = (key: string): void => {
    const keys = new Set(all.filter((one) => on(one) !== (one === key)));
    onChange(keys.size === all.length ? null : { kind: "values", keys });
  };
  return (
    <div class="value-list">
      {distinct.map(({ cell, count }) => {
        const key = cellKey(cell);
        return (
          <label key={key}>
            <input
              type="checkbox"
              class="checkbox"
              checked={on(key)}
              data-testid="filter-value"
              data-value={key}
              onChange={() => toggle(key)}
            />
            <span class="value-text">{cell === null ? "(none)" : writeCell(field, cell) || "(empty)"}</span>
            <span class="count">{count}</span>
          </label>
        );
      })}
    </div>
  );
}
