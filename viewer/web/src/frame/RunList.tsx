import type { JSX } from "preact";
import { listedRuns, runFilter, runs, selectListed, shownRuns } from "../state/runs";
import { FilterBox } from "../ui/FilterBox";
import { VirtualRows } from "../ui/VirtualRows";
import { RunRow } from "./RunRow";

const ROW_HEIGHT = 28;

/** Every run that the filter lets through, with its colour and a tick. */
export function RunList(): JSX.Element {
  const listed = listedRuns.value;
  const shown = shownRuns.value.length;
  const all = listed.length > 0 && shown === listed.length;
  return (
    <div class="run-list">
      <div class="run-list-head">
        <FilterBox filter={runFilter} label="Filter runs" testId="run-filter" />
        <label class="run-all">
          <input
            type="checkbox"
            class="checkbox"
            checked={all}
            ref={(input) => {
              if (input) input.indeterminate = shown > 0 && !all;
            }}
            disabled={listed.length === 0}
            data-testid="select-all"
            onChange={() => selectListed(!all)}
          />
          <span class="run-all-title">Runs</span>
          <span class="count" data-testid="run-count">
            {shown === runs.value.length ? shown : `${shown} of ${runs.value.length}`}
          </span>
        </label>
      </div>
      <VirtualRows
        rowHeight={ROW_HEIGHT}
        count={listed.length}
        render={(index) => {
          const run = listed[index];
          return run ? <RunRow key={run.name} run={run} /> : null;
        }}
      />
      {listed.length === 0 && runs.value.length > 0 ? <p class="run-list-none">No run matches.</p> : null}
    </div>
  );
}
