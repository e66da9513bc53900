/** Fields and cells in words. */

import { formatCount } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { type Cell, formatCell, formatMeasure } from "../../table/cells";
import { DURATION, type Field, STARTED } from "./fields";
import type { Shown } from "./settings";

export const SHOWN_WORDS: Record<Shown, string> = {
  last: "Last",
  best: "Best",
  min: "Min",
  max: "Max",
  mean: "Mean",
  first: "First",
};

/** What a column is called where there is no room for two lines. */
export function nameOf(field: Field): string {
  const name = field.over ? `${field.over}/${field.title}` : field.title;
  return field.metric?.shown ? `${name} (${field.metric.shown})` : name;
}

/** A cell as it stands in the table. */
export function writeCell(field: Field, cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "number") return formatCell(cell);
  if (field.id === STARTED) return formatWallTime(cell);
  if (field.id === DURATION) return formatDuration(cell);
  if (field.metric) return formatMeasure(cell);
  return Number.isInteger(cell) && Math.abs(cell) >= 1e4 && Math.abs(cell) < 1e9 ? formatCount(cell) : formatCell(cell);
}
