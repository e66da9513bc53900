import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatWhen } from "../../format/time";
import type { RunNode, TreeRow } from "../../runs/tree";
import { isSelected, type ShownRun, selection, soloRun, toggleRun } from "../../state/runs";
import { Name } from "../../ui/Name";
import { goToRow } from "./active_row";
import { OrderValue } from "./OrderValue";
import { togglePanel } from "./panels";
import { RowActions } from "./RowActions";

export interface RowPlace {
  index: number;
  row: TreeRow;
  /** Whether the keyboard is at it. */
  isActive: boolean;
}

/** One run: a tick, its colour, its name, and on pointing what else can be done with it. */
export function RunRow({ run, node, index, row, isActive }: RowPlace & { run: ShownRun; node: RunNode }): JSX.Element {
  const on = useComputed(() => isSelected(selection.value, run.name)).value;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree that holds the rows has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which row is active
    <div
      id={`run-row-${index}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-checked={on}
      aria-label={run.name}
      class={`run-row${on ? "" : " off"}${isActive ? " active" : ""}`}
      style={{ "--run": run.color, "--depth": row.depth }}
      data-testid="run-row"
      data-run={run.name}
      data-selected={on}
      data-color={run.color}
      title={describe(run)}
      onClick={() => goToRow(index)}
      onDblClick={(event) => {
        event.preventDefault();
        soloRun(run.name);
      }}
    >
      {/* Its state and its name are the row's own. */}
      <input
        type="checkbox"
        class="checkbox run-check"
        tabIndex={-1}
        aria-hidden="true"
        checked={on}
        onChange={() => toggleRun(run.name)}
        onDblClick={(event) => event.stopPropagation()}
      />
      <button
        type="button"
        class="run-dot"
        tabIndex={-1}
        title="Choose a colour"
        aria-label={`Colour of ${run.name}`}
        data-testid="run-dot"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => togglePanel({ kind: "color", run: run.name, anchor: event.currentTarget })}
        onDblClick={(event) => event.stopPropagation()}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the check box before it does the same */}
      <span class="run-name" onClick={() => toggleRun(run.name)}>
        <Name text={node.label} title={describe(run)} />
        {node.isOwn ? <span class="hint">itself</span> : null}
      </span>
      <OrderValue node={node} />
      <RowActions name={run.name} folder={null} onOnly={() => soloRun(run.name)} />
    </div>
  );
}

function describe(run: ShownRun): string {
  const started = Number.isFinite(run.started) ? `\nStarted ${formatWhen(run.started)}` : "";
  const scalars = run.entry.scalars.length;
  return `${run.name}${started}\n${scalars === 1 ? "1 scalar" : `${scalars} scalars`}`;
}
