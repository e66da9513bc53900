/** What the table shows, as plain numbers; the page says how to tell once it is loaded. */

import type { Cell } from "../../table/cells";

export interface DescribedTable {
  /** Whether the log is read, and all of it that is shown. */
  complete: boolean;
  rows: string[];
  columns: string[];
  /** Of each column the cells, row by row. */
  cells: Record<string, Cell[]>;
  /** Of each column the runs that are marked. */
  best: Record<string, string[]>;
}

export const drawnTable: { describe: (() => DescribedTable) | null } = { describe: null };
