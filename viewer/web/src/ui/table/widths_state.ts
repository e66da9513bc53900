/** Column widths that a person has chosen: remembered by the browser, a table each. */

import { effect, type Signal, signal } from "@preact/signals";
import { recall, remember } from "../../state/storage";
import { clampWidth } from "../../table/widths";

/** Columns of many logs come together in one browser; the oldest go. */
const MOST = 200;

/** The name under which the width of the first column is kept; a tag cannot be called so by chance. */
export const headWidthName = (id: string): string => `\u0000${id}`;

export function rememberedWidths(table: string): Signal<ReadonlyMap<string, number>> {
  const widths = signal<ReadonlyMap<string, number>>(new Map(read(recall(`widths-${table}`))));
  let isFirst = true;
  effect(() => {
    const entries = [...widths.value].slice(-MOST);
    if (!isFirst) remember(`widths-${table}`, JSON.stringify(entries));
    isFirst = false;
  });
  return widths;
}

function read(text: string | null): [string, number][] {
  try {
    const entries: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown): [string, number][] => {
      const [id, width] = Array.isArray(entry) ? entry : [];
      return typeof id === "string" && Number.isFinite(width) ? [[id, clampWidth(width)]] : [];
    });
  } catch {
    return [];
  }
}
