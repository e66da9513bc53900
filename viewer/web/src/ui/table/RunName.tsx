import type { ComponentChildren, JSX } from "preact";
import { openTab } from "../../frame/tabs";
import { isSelected, runByName, selection, setSelected, shownRuns, soloRuns } from "../../state/runs";
import { Name } from "../Name";

interface Props {
  run: string;
  /** What to write, if that is not the run's name. */
  text?: string;
  /** More tools, shown while the row is pointed at. */
  children?: ComponentChildren;
  /** All runs that the row stands for; the tick goes for them together. */
  runs?: readonly string[];
}

/** The first cell of a run's row: its tick, as in the run list, its name, and what can be done with it. */
export function RunName({ run, text = run, runs = [run], children }: Props): JSX.Element {
  const known = runByName.value.get(run);
  const ticked = runs.filter((name) => isSelected(selection.value, name)).length;
  const all = ticked === runs.length;
  const isOne = text === run;
  return (
    <div class="row-name" style={{ "--run": known?.color }}>
      <input
        type="checkbox"
        class="checkbox run-check"
        tabIndex={-1}
        checked={all}
        ref={(input) => {
          if (input) input.indeterminate = ticked > 0 && !all;
        }}
        aria-label={text}
        onChange={() => setSelected(runs, !all)}
      />
      {isOne ? <span class="run-sign" /> : null}
      <Name text={text} />
      <span class="row-tools">
        {children}
        <button
          type="button"
          class="row-tool"
          tabIndex={-1}
          title="Show its charts alone"
          onClick={() => {
            const shown = shownRuns.peek();
            if (shown.length !== runs.length || !shown.every(({ name }) => runs.includes(name))) soloRuns(runs);
            openTab("scalars");
          }}
        >
          charts
        </button>
      </span>
    </div>
  );
}
