/** The keys of tables, for the list of keys. */

import type { KeyHelp } from "../../dashboards/dashboard";

export const TABLE_KEYS: readonly KeyHelp[] = [
  { keys: ["←", "→", "↑", "↓"], does: "Go from cell to cell (in a table that has the focus)" },
  { keys: ["Space"], does: "Tick the run, or untick it" },
  { keys: ["Enter"], does: "Show only that run; on a heading, sort by it" },
  { keys: ["Alt ↓"], does: "On a heading: what can be done with the column" },
  { keys: ["Ctrl c"], does: "Copy the cell, with all its digits" },
];
