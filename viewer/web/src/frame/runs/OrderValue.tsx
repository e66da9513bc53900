import type { JSX } from "preact";
import { formatValue } from "../../format/numbers";
import type { RunNode } from "../../runs/tree";
import { order, orderValues } from "../../state/run_list";

/** The value that the list is ordered by. */
export function OrderValue({ node }: { node: RunNode }): JSX.Element | null {
  if (order.value.by !== "value") return null;
  const value = orderValues.value[node.run]?.[0];
  const words = value === undefined ? "–" : typeof value === "number" ? formatValue(value) : String(value).slice(0, 40);
  return (
    <span class="run-value" data-testid="run-value">
      {words}
    </span>
  );
}
