/** Keys of the whole page: `/` goes to the filter, `[` hides and shows the run list. */

import { toggleSidebar } from "./sidebar_state";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches("input:not([type=checkbox]):not([type=range]), textarea, select") || target.isContentEditable);

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    const filter =
      document.querySelector<HTMLInputElement>("main [data-filter]") ??
      document.querySelector<HTMLInputElement>("[data-filter]");
    if (!filter) return;
    event.preventDefault();
    filter.focus();
    filter.select();
  } else if (event.key === "[") {
    toggleSidebar();
  }
}

export function listenForKeys(): () => void {
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
