import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { parseQuantity, printQuantity } from "../../query/quantity";
import { QueryError } from "../../query/query";
import { catalog } from "../../state/log";
import { askForHParams, hparamNames } from "../../state/run_columns";
import { layout, type Order, order, orderColumn } from "../../state/run_list";
import { IconButton } from "../../ui/IconButton";
import { Segmented } from "../../ui/Segmented";

const LAYOUTS = [
  { value: "tree", text: "Tree" },
  { value: "flat", text: "Flat" },
] as const;

const ORDERS = [
  { value: "name", text: "Name" },
  { value: "started", text: "Start" },
  { value: "appearance", text: "First seen" },
  { value: "value", text: "Value" },
] as const;

const MOST_SUGGESTED = 200;

/** How the run list is laid out and ordered. */
export function OrderPanel(): JSX.Element {
  const now = order.value;
  const wanted = useSignal<Order["by"]>(now.by);
  useEffect(() => {
    if (catalog.value?.has.hparams) askForHParams();
  }, []);
  return (
    <div class="order-panel">
      <div class="panel-row">
        <span class="control-label">Show as</span>
        <Segmented
          label="Show as"
          choices={LAYOUTS}
          value={layout.value}
          testId="run-layout"
          onChange={(value) => {
            layout.value = value;
          }}
        />
      </div>
      <div class="panel-row">
        <span class="control-label">Order by</span>
        <Segmented
          label="Order by"
          choices={ORDERS}
          value={wanted.value}
          testId="run-order"
          onChange={(by) => {
            wanted.value = by;
            if (by !== "value") order.value = { by, descending: order.peek().descending };
          }}
        />
        <IconButton
          icon={now.descending ? "down" : "up"}
          label={now.descending ? "Descending: turn round" : "Ascending: turn round"}
          testId="run-order-turn"
          onClick={() => {
            order.value = { ...order.peek(), descending: !order.peek().descending };
          }}
        />
      </div>
      {wanted.value === "value" ? <ValueField /> : null}
    </div>
  );
}

function ValueField(): JSX.Element {
  const now = order.value;
  const typed = useSignal<string | null>(null);
  const said = typed.value ?? (now.by === "value" ? printQuantity(now.of) : "");
  const column = now.by === "value" ? orderColumn.value : null;
  const mistake = typeof column === "string" ? column : null;
  return (
    <label class="panel-field">
      <span class="control-label">A hyperparameter, a metric, or min, max, mean, first of one</span>
      <input
        type="text"
        class="text-field"
        list="run-order-names"
        spellcheck={false}
        placeholder="min(train/loss)"
        aria-label="What to order by"
        aria-invalid={mistake !== null}
        data-testid="run-order-value"
        value={said}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          const of = parseQuantity(typed.value);
          if (of && !(of instanceof QueryError)) order.value = { by: "value", of, descending: order.peek().descending };
        }}
      />
      <datalist id="run-order-names">
        {[...hparamNames.value, ...(catalog.value?.tags.scalars ?? [])].slice(0, MOST_SUGGESTED).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <span class="panel-mistake" role="status" data-testid="run-order-mistake">
        {mistake}
      </span>
    </label>
  );
}
