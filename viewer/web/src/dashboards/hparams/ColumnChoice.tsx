import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { HangingButton } from "../../ui/table/HangingButton";
import { showField } from "./FieldMenu";
import type { Field } from "./fields";
import { columns, fields } from "./state";
import { nameOf, SHOWN_WORDS } from "./words";

/** Longer lists are cut: there is a field to search in. */
const MOST = 300;

const TITLES = [
  { kind: "hparam", title: "Hyperparameters" },
  { kind: "metric", title: "Metrics" },
  { kind: "session", title: "Session" },
] as const;

/** Which columns there are: every hyperparameter, and of every metric what it was first, last, at best, in the mean. */
export function ColumnChoice(): JSX.Element {
  return (
    <HangingButton
      text="Columns"
      icon="columns"
      count={columns.value.length}
      testId="hp-columns"
      render={() => <Choice />}
    />
  );
}

function Choice(): JSX.Element {
  const search = useSignal("");
  const wanted = search.value.toLowerCase();
  const shown = new Set(columns.value.map(({ id }) => id));
  const found = [...fields.value.values()].filter((field) => nameOf(field).toLowerCase().includes(wanted));
  return (
    <div class="hang-list column-choice">
      <div class="range-fields">
        <input
          class="hang-field"
          type="text"
          placeholder="Search columns"
          aria-label="Search columns"
          data-testid="column-search"
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
        />
      </div>
      {TITLES.map(({ kind, title }) => {
        const fieldsOfKind = found.filter((field) => field.kind === kind && !field.metric?.shown);
        return fieldsOfKind.length ? (
          <fieldset key={kind} class="column-set">
            <legend class="hang-title">
              {title} <span class="count">{fieldsOfKind.length}</span>
            </legend>
            {fieldsOfKind.slice(0, MOST).map((field) => (
              <div key={field.id} class="column-line">
                <Tick field={field} on={shown.has(field.id)} text={nameOf(field)} />
                {field.metric ? <Kinds field={field} shown={shown} /> : null}
              </div>
            ))}
            {fieldsOfKind.length > MOST ? <span class="hang-title">and {fieldsOfKind.length - MOST} more</span> : null}
          </fieldset>
        ) : null;
      })}
    </div>
  );
}

function Tick({ field, on, text }: { field: Field; on: boolean; text: string }): JSX.Element {
  return (
    <label class="hang-item" title={text}>
      <input
        type="checkbox"
        class="checkbox"
        checked={on}
        data-testid="column-tick"
        data-field={field.id}
        onChange={() => showField(field, !on)}
      />
      <span class="value-text">{text}</span>
    </label>
  );
}

/** The columns of one metric beside the one that does as all columns do. */
function Kinds({ field, shown }: { field: Field; shown: ReadonlySet<string> }): JSX.Element {
  const { tag, group } = field.metric ?? { tag: "", group: "" };
  const kinds = [...fields.value.values()].filter(
    ({ metric }) => metric?.tag === tag && metric.group === group && metric.shown,
  );
  return (
    <span class="column-kinds">
      {kinds.map((one) => {
        const on = shown.has(one.id);
        return (
          <button
            key={one.id}
            type="button"
            class="kind-button"
            aria-pressed={on}
            data-field={one.id}
            onClick={() => showField(one, !on)}
          >
            {SHOWN_WORDS[one.metric?.shown ?? "last"]}
          </button>
        );
      })}
    </span>
  );
}
