import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { isSelected, type ShownRun, selection, soloRun, toggleRun } from "../state/runs";
import { Name } from "../ui/Name";

/** One run: a tick in its colour, its name, and a button that shows it alone. */
export function RunRow({ run }: { run: ShownRun }): JSX.Element {
  const on = useComputed(() => isSelected(selection.value, run.name)).value;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same for the keyboard
    <div
      class={on ? "run-row" : "run-row off"}
      style={{ "--run": run.color }}
      data-testid="run-row"
      data-run={run.name}
      data-selected={on}
      onDblClick={(event) => {
        event.preventDefault();
        soloRun(run.name);
      }}
    >
      <label class="run-label">
        <input
          type="checkbox"
          class="checkbox run-check"
          checked={on}
          aria-label={run.name}
          onChange={() => toggleRun(run.name)}
        />
        <Name text={run.name} />
      </label>
      <button
        type="button"
        class="run-only"
        title="Show only this run (double-click)"
        aria-label={`Show only ${run.name}`}
        onClick={() => soloRun(run.name)}
        onDblClick={(event) => event.stopPropagation()}
      >
        only
      </button>
    </div>
  );
}
