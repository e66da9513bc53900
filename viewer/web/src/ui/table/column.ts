/** What a table is told of its columns. */

import type { ComponentChildren } from "preact";
import type { Cell } from "../../table/cells";

export interface Column<R> {
  id: string;
  title: string;
  /** Above the title in small print, such as the group of a tag. */
  over?: string | undefined;
  /** Beside it in small print, such as what of a metric is shown. */
  note?: string | undefined;
  /** For a tooltip, if the title does not say it all. */
  hint?: string | undefined;
  numeric: boolean;
  width: number;
  /** Whether the first click on the heading puts the highest first. */
  firstDown?: boolean | undefined;
  /** Whether rows are held back by it. */
  filtered?: boolean | undefined;
  value(row: R): Cell;
  /** What is drawn, if that is not the value alone. */
  render?: ((row: R) => ComponentChildren) | undefined;
  /** Further classes of a cell, such as `best`. */
  look?: ((row: R) => string | undefined) | undefined;
}

/** The column at the left that stays in place: what a row is. */
export interface RowHead<R> {
  id: string;
  title: string;
  width: number;
  /** Instead of the title. */
  head?: ComponentChildren;
  text(row: R): string;
  render(row: R): ComponentChildren;
}
