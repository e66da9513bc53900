/** Which columns colour and name the points, and what they say. */

import { computed } from "@preact/signals";
import type { Table } from "../../projector/types";
import { appearance } from "../../state/theme";
import { type Coloring, colorBy, columnUnasked } from "./coloring";
import { rowOf } from "./points";
import { colorAs, colorColumn, labelColumn } from "./settings";
import { base } from "./source";

export const table = computed<Table | null>(() => base.value?.loaded.table ?? null);

const indexOfColumn = (name: string): number => table.value?.names.indexOf(name) ?? -1;

/** Null: points have no colours of their own. */
export const colorIndex = computed<number | null>(() => {
  const choice = colorColumn.value;
  if (choice.startsWith("=")) {
    const column = indexOfColumn(choice.slice(1));
    return column >= 0 ? column : null;
  }
  return choice === "-" ? null : columnUnasked(table.value);
});

export const coloring = computed<Coloring>(() => {
  const column = colorIndex.value;
  const rows = table.value;
  return column === null || !rows ? { kind: "none" } : colorBy(rows, column, colorAs.value, appearance.value);
});

/** The column that names points; null: there is none. */
export const labelIndex = computed<number | null>(() => {
  const rows = table.value;
  if (!rows?.names.length) return null;
  const chosen = indexOfColumn(labelColumn.value);
  if (labelColumn.value && chosen >= 0) return chosen;
  return 0;
});

/** What a point that was read is called. */
export function labelOf(index: number): string {
  const column = labelIndex.value;
  const said = column === null ? undefined : table.value?.columns[column]?.[index];
  return said?.trim() ? said : `#${rowOf(index)}`;
}
