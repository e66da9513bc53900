/** Whether the run list is open, and how wide it is; remembered by the browser. */

import { signal } from "@preact/signals";
import { recall, remember } from "../state/storage";

export const LEAST_WIDTH = 176;
export const MOST_WIDTH = 560;
const USUAL_WIDTH = 256;
/** Below this window width the list starts closed: there is room for charts or for it, not both. */
const NARROW_WINDOW = 760;

const remembered = Number(recall("sidebar-width"));

export const sidebarWidth = signal(remembered >= LEAST_WIDTH ? Math.min(remembered, MOST_WIDTH) : USUAL_WIDTH);

// A choice made in a window says nothing about a frame in a notebook's cell.
const isNarrow = innerWidth < NARROW_WINDOW;
const openKey = isNarrow ? "sidebar-open-narrow" : "sidebar-open";
export const sidebarOpen = signal((recall(openKey) ?? String(!isNarrow)) === "true");

export function toggleSidebar(): void {
  sidebarOpen.value = !sidebarOpen.peek();
  remember(openKey, String(sidebarOpen.peek()));
}

export function resizeSidebar(width: number): void {
  sidebarWidth.value = Math.round(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width, innerWidth - 320)));
  remember("sidebar-width", String(sidebarWidth.peek()));
}
