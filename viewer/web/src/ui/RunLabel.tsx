import type { JSX } from "preact";
import type { ShownRun } from "../state/runs";
import { Name } from "./Name";

/** A run's colour and name. */
export function RunLabel({ run }: { run: ShownRun }): JSX.Element {
  return (
    <span class="run-chip">
      <span class="swatch" style={{ background: run.color }} />
      <Name text={run.name} />
    </span>
  );
}
