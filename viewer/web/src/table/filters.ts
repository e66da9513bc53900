/** What of a column is let through: ticked values, an interval, or texts that a pattern matches. */

import type { Codec } from "../state/hash";
import { type Cell, cellKey, formatCell } from "./cells";

export type ColumnFilter =
  | { kind: "values"; keys: ReadonlySet<string> }
  | { kind: "range"; low: number; high: number; missing: boolean }
  | { kind: "text"; pattern: string };

/** By id of the column. */
export type Filters = ReadonlyMap<string, ColumnFilter>;

/** What patterns have matched, by id of the column: found by the worker, so it may come a moment later. */
export type Matches = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a cell gets through; a pattern that has not been run yet holds nothing back. */
export function passes(cell: Cell, filter: ColumnFilter, matched: ReadonlySet<string> | undefined): boolean {
  switch (filter.kind) {
    case "values":
      return filter.keys.has(cellKey(cell));
    case "range":
      if (typeof cell !== "number" || Number.isNaN(cell)) return filter.missing;
      return cell >= filter.low && cell <= filter.high;
    case "text":
      return matched === undefined || matched.has(formatCell(cell));
  }
}

/** Filters with one of them set, or removed if it is null. */
export function withFilter(filters: Filters, id: string, filter: ColumnFilter | null): Filters {
  const next = new Map(filters);
  if (filter) next.set(id, filter);
  else next.delete(id);
  return next;
}

/** A filter in words, for a chip. */
export function describeFilter(filter: ColumnFilter): string {
  if (filter.kind === "text") return `matches ${filter.pattern}`;
  if (filter.kind === "values") {
    const names = [...filter.keys].map((key) => (key === "null" ? "nothing" : formatCell(parseKey(key))));
    return names.length > 3 ? `${names.length} values` : `= ${names.join(", ") || "no value"}`;
  }
  const { low, high } = filter;
  const [from, to] = [formatCell(low), formatCell(high)];
  if (low === Number.NEGATIVE_INFINITY) return `≤ ${to}`;
  return high === Number.POSITIVE_INFINITY ? `≥ ${from}` : `${from} – ${to}`;
}

/** The cell that a key of `cellKey` is of. */
export function parseKey(key: string): Cell {
  if (key === "NaN" || key.endsWith("Infinity")) return Number(key);
  try {
    return JSON.parse(key) as Cell;
  } catch {
    return key;
  }
}

/** A JSON array each: `["h:lr","r","0.001","0.1"]`, `["h:net","v","\"cnn\""]`, `["h:net","t","c.n"]`. */
export const filtersCodec: Codec<Filters> = {
  read: (values) => new Map(values.flatMap(readFilter)),
  write: (filters) => [...filters].map(([id, filter]) => JSON.stringify([id, ...writeFilter(filter)])),
};

function writeFilter(filter: ColumnFilter): string[] {
  if (filter.kind === "text") return ["t", filter.pattern];
  if (filter.kind === "values") return ["v", ...filter.keys];
  return ["r", String(filter.low), String(filter.high), ...(filter.missing ? ["missing"] : [])];
}

function readFilter(text: string): [string, ColumnFilter][] {
  const parts = safeParse(text);
  const [id, kind, ...rest] = parts;
  if (id === undefined) return [];
  if (kind === "t" && rest[0]) return [[id, { kind: "text", pattern: rest[0] }]];
  if (kind === "v") return [[id, { kind: "values", keys: new Set(rest) }]];
  const [low, high] = [Number(rest[0]), Number(rest[1])];
  if (kind !== "r" || Number.isNaN(low) || Number.isNaN(high)) return [];
  return [[id, { kind: "range", low, high, missing: rest[2] === "missing" }]];
}

function safeParse(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}
