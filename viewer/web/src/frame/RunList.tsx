import type { JSX } from "preact";
import { rows, runsOfFolder } from "../state/run_list";
import { listedRuns, runs } from "../state/runs";
import { ColorPanel } from "./runs/ColorPanel";
import { openPanel } from "./runs/panels";
import { RowMenu } from "./runs/RowMenu";
import { RunListHead } from "./runs/RunListHead";
import { RunTree } from "./runs/RunTree";

/** Every run that the filter lets through, with a tick and its colour, in the folders that their names make. */
export function RunList(): JSX.Element {
  return (
    <div class="run-list">
      <RunListHead />
      {rows.value.length ? <RunTree /> : null}
      {listedRuns.value.length === 0 && runs.value.length > 0 ? <p class="run-list-none">No run matches.</p> : null}
      <RowPanel />
    </div>
  );
}

function RowPanel(): JSX.Element | null {
  const panel = openPanel.value;
  if (!panel) return null;
  if (panel.kind === "color") return <ColorPanel key={panel.run} run={panel.run} anchor={panel.anchor} />;
  const names = panel.run === null ? runsOfFolder(panel.folder ?? "") : [panel.run];
  return <RowMenu panel={panel} names={names} />;
}
