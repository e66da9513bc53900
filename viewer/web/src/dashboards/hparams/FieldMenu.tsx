import type { JSX } from "preact";
import { higherIsBetter, setHigherIsBetter } from "../../state/directions";
import { orderOf } from "../../table/order";
import { moved } from "../../table/widths";
import { FilterEditor } from "./FilterEditor";
import type { Field } from "./fields";
import { metricId } from "./fields";
import { added, hidden, ignored, order, SHOWN, type Shown, shownKind, sort } from "./settings";
import { columns, fields } from "./state";
import { nameOf, SHOWN_WORDS } from "./words";

/** What can be said about one column: which rows it lets through, their order, what it shows, where it stands. */
export function FieldMenu({ field, close }: { field: Field; close(): void }): JSX.Element {
  const then = (act: () => void) => () => {
    act();
    close();
  };
  const ids = columns.value.map(({ id }) => id);
  const at = ids.indexOf(field.id);
  const sortBy = (descending: boolean) => then(() => (sort.value = [{ id: field.id, descending }]));
  return (
    <div class="hang-list">
      <span class="hang-title">{field.description ? `${nameOf(field)}: ${field.description}` : nameOf(field)}</span>
      <FilterEditor field={field} />
      <hr />
      <button type="button" class="hang-item" onClick={sortBy(false)}>
        Lowest first
      </button>
      <button type="button" class="hang-item" onClick={sortBy(true)}>
        Highest first
      </button>
      {field.metric ? <MetricItems field={field} then={then} /> : null}
      {field.info ? <RepeatItem name={field.info.name} /> : null}
      <hr />
      <button
        type="button"
        class="hang-item"
        disabled={at <= 0}
        onClick={then(() => moveField(field.id, ids[at - 1] ?? null))}
      >
        Move left
      </button>
      <button
        type="button"
        class="hang-item"
        disabled={at < 0 || at >= ids.length - 1}
        onClick={then(() => moveField(field.id, ids[at + 2] ?? null))}
      >
        Move right
      </button>
      <button type="button" class="hang-item" data-testid="hide-column" onClick={then(() => showField(field, false))}>
        Hide
      </button>
    </div>
  );
}

function MetricItems({ field, then }: { field: Field; then(act: () => void): () => void }): JSX.Element | null {
  const { metric } = field;
  if (!metric) return null;
  const higher = higherIsBetter(metric.tag);
  return (
    <>
      <hr />
      <div class="hang-list" role="radiogroup" aria-label="What is better">
        {[false, true].map((way) => (
          // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as an item of a menu
          <button
            key={String(way)}
            type="button"
            role="radio"
            class="hang-item"
            aria-checked={higher === way}
            data-testid={way ? "higher-better" : "lower-better"}
            onClick={then(() => setHigherIsBetter(metric.tag, way))}
          >
            {way ? "Higher is better" : "Lower is better"}
          </button>
        ))}
      </div>
      <hr />
      <div class="hang-list" role="radiogroup" aria-label="What this column shows">
        {[null, ...SHOWN].map((shown) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <button
            key={shown ?? ""}
            type="button"
            role="radio"
            class="hang-item"
            aria-checked={metric.shown === shown}
            data-testid={`show-${shown ?? "usual"}`}
            onClick={then(() => exchange(field, shown))}
          >
            {shown ? SHOWN_WORDS[shown] : `As all columns (${SHOWN_WORDS[shownKind.value].toLowerCase()})`}
          </button>
        ))}
      </div>
    </>
  );
}

/** Sessions that differ in nothing but, say, their seed are repetitions. */
function RepeatItem({ name }: { name: string }): JSX.Element {
  const on = ignored.value.has(name);
  return (
    <>
      <hr />
      <label class="hang-item">
        <input
          type="checkbox"
          class="checkbox"
          checked={on}
          data-testid="fold-over"
          onChange={() => {
            const next = new Set(ignored.peek());
            if (!next.delete(name)) next.add(name);
            ignored.value = next;
          }}
        />
        One row for all values of this
      </label>
    </>
  );
}

/** Put another kind of the same metric into the column's place. */
function exchange(field: Field, shown: Shown | null): void {
  const { metric } = field;
  const other = metric && fields.peek().get(metricId(metric.tag, metric.group, shown));
  if (!other || other.id === field.id) return;
  const ids = columns.peek().map(({ id }) => id);
  showField(other, true);
  showField(field, false);
  setOrder(ids.map((id) => (id === field.id ? other.id : id)));
}

export function showField({ id, isUsual }: Field, on: boolean): void {
  const [state, within] = isUsual ? [hidden, !on] : [added, on];
  const next = new Set(state.peek());
  if (within) next.add(id);
  else next.delete(id);
  state.value = next;
}

export function moveField(id: string, before: string | null): void {
  setOrder(
    moved(
      columns.peek().map((field) => field.id),
      id,
      before,
    ),
  );
}

function setOrder(wanted: readonly string[]): void {
  const there = new Set(columns.peek().map(({ id }) => id));
  const natural = [...fields.peek().keys()].filter((id) => there.has(id));
  order.value = orderOf(natural, wanted);
}
