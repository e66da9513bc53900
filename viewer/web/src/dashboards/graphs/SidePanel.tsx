import type { JSX } from "preact";
import { IconButton } from "../../ui/IconButton";
import { NodePanel } from "./NodePanel";
import { OverviewPanel } from "./OverviewPanel";
import { panelOpen, selected } from "./settings";

/** Beside the drawing: what is known of the chosen node, or of the whole graph. */
export function SidePanel(): JSX.Element | null {
  if (!panelOpen.value) return null;
  return (
    <aside class="graph-side" aria-label={selected.value ? "Node" : "Graph"} data-testid="graph-side">
      <IconButton
        icon="close"
        label="Hide this panel"
        class="graph-side-close"
        testId="graph-side-close"
        onClick={() => {
          panelOpen.value = false;
        }}
      />
      {selected.value ? <NodePanel /> : <OverviewPanel />}
    </aside>
  );
}
