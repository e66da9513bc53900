/** What is open at a row of the run list: one panel at a time. */

import { signal } from "@preact/signals";

export type OpenPanel =
  | { kind: "color"; run: string; anchor: HTMLElement }
  | { kind: "menu"; run: string | null; folder: string | null; anchor: HTMLElement };

export const openPanel = signal<OpenPanel | null>(null);

export function closePanel(): void {
  openPanel.value = null;
}

/** Open it, or close it if it is what is open there. */
export function togglePanel(panel: OpenPanel): void {
  const open = openPanel.peek();
  openPanel.value = open?.kind === panel.kind && open.anchor === panel.anchor ? null : panel;
}
