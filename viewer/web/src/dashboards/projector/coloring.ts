/** Which colour each point has by what a column says of it, and the legend of that. */

import { rgbOf } from "../../draw/colors";
import { distinctColor, rampColor } from "../../draw/ramp";
import type { Table } from "../../projector/types";
import { compareNatural } from "../../runs/natural";

type Appearance = "light" | "dark";

export interface ClassEntry {
  value: string;
  color: string;
  count: number;
}

export type Coloring =
  | { kind: "none" }
  | { kind: "classes"; column: number; classes: readonly ClassEntry[]; classOf: Int32Array }
  | { kind: "gradient"; column: number; low: number; high: number; values: Float64Array; without: number };

export type ColorAs = "auto" | "classes" | "gradient";

/** More classes than these cannot be told apart, so a column of more is not chosen unasked. */
const MOST_UNASKED = 50;
export const UNKNOWN = { light: "#9aa1ad", dark: "#6b7482" } as const;
export const PLAIN = { light: "#4a63d8", dark: "#8a9bff" } as const;

/** The column that says something a colour can show: the first of a few classes; null: none does. */
export function columnUnasked(table: Table | null): number | null {
  if (!table) return null;
  let gradient: number | null = null;
  for (let column = 0; column < table.columns.length; column++) {
    const values = table.columns[column] as readonly string[];
    const distinct = new Set<string>();
    for (const value of values) {
      distinct.add(value);
      if (distinct.size > MOST_UNASKED) break;
    }
    if (distinct.size > 1 && distinct.size <= MOST_UNASKED && distinct.size < values.length) return column;
    if (distinct.size > MOST_UNASKED && table.numeric[column]) gradient ??= column;
  }
  return gradient;
}

/** How many values a column of numbers may have at most to be shown as classes without being asked. */
const MOST_NUMBERS = 24;

export function colorBy(table: Table, column: number, as: ColorAs, appearance: Appearance): Coloring {
  const texts = table.columns[column];
  if (!texts) return { kind: "none" };
  const isNumeric = table.numeric[column] === true;
  if (isNumeric && as !== "classes" && (as === "gradient" || isMany(texts))) return gradient(texts, column);
  return classes(texts, column, appearance);
}

function isMany(texts: readonly string[]): boolean {
  const distinct = new Set<string>();
  for (const text of texts) {
    distinct.add(text);
    if (distinct.size > MOST_NUMBERS) return true;
  }
  return false;
}

function gradient(texts: readonly string[], column: number): Coloring {
  const values = Float64Array.from(texts, (text) => (text.trim() ? Number(text) : Number.NaN));
  let [low, high, without] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) {
      without++;
      continue;
    }
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { kind: "gradient", column, low, high, values, without } : { kind: "none" };
}

function classes(texts: readonly string[], column: number, appearance: Appearance): Coloring {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const names = [...counts.keys()].sort(compareNatural);
  const place = new Map(names.map((name, i) => [name, i]));
  return {
    kind: "classes",
    column,
    classes: names.map((value, i) => ({
      value,
      color: distinctColor(i, appearance),
      count: counts.get(value) ?? 0,
    })),
    classOf: Int32Array.from(texts, (text) => place.get(text) ?? -1),
  };
}

/** `#rrggbb` of a point. */
export function colorAt(coloring: Coloring, index: number, appearance: Appearance): string {
  if (coloring.kind === "none") return PLAIN[appearance];
  if (coloring.kind === "classes") {
    return coloring.classes[coloring.classOf[index] ?? -1]?.color ?? UNKNOWN[appearance];
  }
  const { values, low, high } = coloring;
  const value = values[index] ?? Number.NaN;
  if (!Number.isFinite(value)) return UNKNOWN[appearance];
  return rampColor(high > low ? (value - low) / (high - low) : 0.5, appearance);
}

const RAMP_STEPS = 256;

/** Red, green and blue of every point, one after the other. `from` says which point of the colouring each one is. */
export function rgbOfAll(
  coloring: Coloring,
  count: number,
  from: Int32Array | null,
  appearance: Appearance,
): Uint8Array {
  const all = new Uint8Array(3 * count);
  const unknown = rgbOf(UNKNOWN[appearance]);
  const pick = picker(coloring, appearance, unknown);
  for (let i = 0; i < count; i++) all.set(pick(from ? (from[i] as number) : i), 3 * i);
  return all;
}

type Rgb = readonly number[];

function picker(coloring: Coloring, appearance: Appearance, unknown: Rgb): (index: number) => Rgb {
  if (coloring.kind === "none") {
    const plain = rgbOf(PLAIN[appearance]);
    return () => plain;
  }
  if (coloring.kind === "classes") {
    const known = coloring.classes.map(({ color }) => rgbOf(color));
    return (index) => known[coloring.classOf[index] as number] ?? unknown;
  }
  const ramp = Array.from({ length: RAMP_STEPS }, (_, i) => rgbOf(rampColor(i / (RAMP_STEPS - 1), appearance)));
  const { values, low, high } = coloring;
  return (index) => {
    const value = values[index] as number;
    if (!Number.isFinite(value)) return unknown;
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return ramp[Math.round(share * (RAMP_STEPS - 1))] ?? unknown;
  };
}
