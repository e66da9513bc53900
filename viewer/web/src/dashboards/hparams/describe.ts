/** Tells what is shown, for `window.cellboard`. */

import { revision, status } from "../../state/log";
import type { DescribedParallel, DescribedScatter, DescribedSessions } from "./drawn";
import { cellOfRow, colorField, colorOf, columns, pinned, pointed, store, tableRows, taken, wanted } from "./state";

/** Set by the drawings while they are on the screen. */
export const drawings: {
  parallel: (() => DescribedParallel) | null;
  scatter: (() => DescribedScatter) | null;
} = { parallel: null, scatter: null };

export function describeSessions(): DescribedSessions {
  const [rows, shown] = [tableRows.peek(), columns.peek()];
  return {
    complete:
      status.peek()?.state === "ready" &&
      taken.revision >= revision.peek() &&
      wanted.peek().every(({ tag, kind }) => store.has(tag, kind)) &&
      (wanted.peek().length === 0 || store.isFresh),
    rows: rows.map(({ name }) => name),
    columns: shown.map(({ id }) => id),
    cells: Object.fromEntries(shown.map((field) => [field.id, rows.map((row) => cellOfRow(field, row))])),
    color: colorField.peek()?.id ?? null,
    colors: rows.map((row) => colorOf.peek()(row)),
    pointed: pointed.peek(),
    pinned: pinned.peek(),
    parallel: drawings.parallel?.() ?? null,
    scatter: drawings.scatter?.() ?? null,
  };
}
