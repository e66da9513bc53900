/** The columns of the table of values below a chart. */

import type { StatsRow } from "../../api/scalar_stats";
import { type JsonNumber, toNumber } from "../../api/types";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { toTsv } from "../../table/tab_separated";

export interface TableRow {
  /** Tells it from the other rows. */
  key: string;
  run: string;
  tag: string;
  /** Run, and tag if the chart has several. */
  label: string;
  color: string;
  dash: readonly number[];
  stats: StatsRow;
}

export interface ValueColumn {
  id: string;
  text: string;
  title: string;
  /** Null: nothing there. */
  value(row: StatsRow): number | null;
  format(value: number): string;
}

const column = (
  id: string,
  text: string,
  title: string,
  value: (row: StatsRow) => JsonNumber | null | undefined,
  format: (value: number) => string = formatValue,
): ValueColumn => ({
  ...{ id, text, title, format },
  value: (row) => {
    const found = value(row);
    return found === null || found === undefined ? null : toNumber(found);
  },
});

const AT: readonly ValueColumn[] = [
  column("value", "Value", "As it was logged", ({ at }) => at?.value),
  column("smoothed", "Smoothed", "As the line is drawn", ({ at }) => at?.smoothed),
  column("step", "Step", "Of the point that is nearest", ({ at }) => at?.step, formatCount),
  column("relative", "Relative", "Since the run's first point", ({ at }) => at?.relative, formatDuration),
];

const RANGE: readonly ValueColumn[] = [
  column("min", "Min", "Least value in the range", ({ min }) => min?.value),
  column("max", "Max", "Greatest value in the range", ({ max }) => max?.value),
  column("mean", "Mean", "Mean of the finite values in the range", ({ mean }) => mean),
  column("first", "First", "At the first point in the range", ({ first }) => first?.value),
  column("last", "Last", "At the last point in the range", ({ last }) => last?.value),
  column("smoothed", "Smoothed", "As the line is drawn at the last point", ({ last }) => last?.smoothed),
  column("change", "Change", "Last less first", ({ change }) => change),
  column(
    "percent",
    "Change %",
    "Of the first value's size",
    (row) => row.change_percent,
    (value) => `${formatValue(value)} %`,
  ),
  column("min_step", "Step of min", "Where the least value is", ({ min }) => min?.step, formatCount),
  column("max_step", "Step of max", "Where the greatest value is", ({ max }) => max?.step, formatCount),
  column("first_step", "First step", "Of the first point in the range", ({ first }) => first?.step, formatCount),
  column("last_step", "Last step", "Of the last point in the range", ({ last }) => last?.step, formatCount),
  column("count", "Points", "In the range", ({ count }) => count, formatCount),
];

export const columnsFor = (isRange: boolean, smoothed: boolean): readonly ValueColumn[] =>
  (isRange ? RANGE : AT).filter(({ id }) => smoothed || id !== "smoothed");

export interface Sorting {
  /** A column, or `run`. */
  by: string;
  descending: boolean;
}

/** The rows in order; those without a number come last either way. */
export function sortRows(
  rows: readonly TableRow[],
  columns: readonly ValueColumn[],
  { by, descending }: Sorting,
): readonly TableRow[] {
  const wanted = columns.find(({ id }) => id === by);
  if (!wanted) return descending ? [...rows].reverse() : rows;
  const keyed = rows.map((row) => ({ row, value: wanted.value(row.stats) ?? Number.NaN }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    const [lost, other] = [Number.isNaN(a.value), Number.isNaN(b.value)];
    if (lost || other) return Number(lost) - Number(other);
    return a.value === b.value ? 0 : sign * (a.value < b.value ? -1 : 1);
  });
  return keyed.map(({ row }) => row);
}

/** The table for a spreadsheet: tabs between cells, numbers in full. */
export function tableText(rows: readonly TableRow[], columns: readonly ValueColumn[]): string {
  const head = ["Run", "Tag", ...columns.map(({ text }) => text)];
  return toTsv([head, ...rows.map(({ run, tag, stats }) => [run, tag, ...columns.map(({ value }) => value(stats))])]);
}
