/** What pointing at a row in a drawing does, and clicking it. */

import { tip } from "./SessionTooltip";
import { allRows, pinned, pointed } from "./state";

export function pointAt(key: string | null, x: number, y: number): void {
  const row = key === null ? undefined : allRows.peek().find((one) => one.key === key);
  pointed.value = row ? row.key : null;
  tip.value = row ? { row, x, y } : null;
}

/** Mark it in every part of the page, and bring it into view in the table; again to let go. */
export function pick(key: string | null): void {
  pinned.value = key === pinned.peek() ? null : key;
}
