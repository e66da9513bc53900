/** What the page of sessions shows, as plain numbers; the page says how to tell once it is loaded. */

import type { Cell } from "../../table/cells";

export interface DescribedAxis {
  id: string;
  kind: string;
  /** In the window. */
  x: number;
  top: number;
  bottom: number;
}

export interface DescribedParallel {
  axes: DescribedAxis[];
  /** Rows whose lines are drawn in colour, and those that are drawn faint. */
  lines: string[];
  faint: string[];
}

export interface DescribedPlot {
  across: string;
  down: string;
  /** In the window. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** Spearman's rank correlation. */
  rho: number | null;
  /** Rows in colour with their places in the window. */
  points: { row: string; x: number; y: number }[];
}

export interface DescribedScatter {
  plots: DescribedPlot[];
}

export interface DescribedSessions {
  /** Whether all is read that is shown. */
  complete: boolean;
  rows: string[];
  columns: string[];
  /** Of each column the cells, row by row. */
  cells: Record<string, Cell[]>;
  color: string | null;
  /** Colour of each row. */
  colors: string[];
  pointed: string | null;
  pinned: string | null;
  /** Null while that part is closed. */
  parallel: DescribedParallel | null;
  scatter: DescribedScatter | null;
}

export const drawnSessions: { describe: (() => DescribedSessions) | null } = { describe: null };
