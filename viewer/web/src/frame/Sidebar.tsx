import type { JSX } from "preact";
import { RunList } from "./RunList";
import { LEAST_WIDTH, MOST_WIDTH, resizeSidebar, sidebarOpen, sidebarWidth } from "./sidebar_state";

const KEY_STEP = 16;

/** The run list with the edge that sets its width. */
export function Sidebar(): JSX.Element | null {
  if (!sidebarOpen.value) return null;
  const width = sidebarWidth.value;
  return (
    <aside class="sidebar" style={{ width: `${width}px` }} aria-label="Runs" data-testid="sidebar">
      <RunList />
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr> */}
      <div
        class="sidebar-edge"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the run list"
        aria-valuenow={width}
        aria-valuemin={LEAST_WIDTH}
        aria-valuemax={MOST_WIDTH}
        data-testid="sidebar-edge"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) resizeSidebar(event.clientX);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") resizeSidebar(width - KEY_STEP);
          if (event.key === "ArrowRight") resizeSidebar(width + KEY_STEP);
        }}
      />
    </aside>
  );
}
