/** The layouts of this log, and the charts that a person makes here. */

import { signal } from "@preact/signals";
import { ApiError } from "../../api/client";
import { getLayout, type Layout, type LayoutChart, putLayout } from "../../api/layout";

export const layout = signal<Layout | null>(null);

/** Why the layout could not be read, or a change not be kept; null if all is well. */
export const trouble = signal<string | null>(null);

/** The charts before one was deleted, to take that back. */
export const beforeDelete = signal<{ title: string; charts: readonly LayoutChart[] } | null>(null);

let saving = false;

/** Read it; a change that is under way is not undone by that. */
export async function loadLayout(signal?: AbortSignal): Promise<void> {
  try {
    const found = await getLayout(signal);
    if (saving) return;
    if (JSON.stringify(found) !== JSON.stringify(layout.peek())) layout.value = found;
    if (found.problem) trouble.value = found.problem;
  } catch (error) {
    if (!signal?.aborted && layout.peek() === null) trouble.value = wordsOf(error);
  }
}

/** Show the charts at once, and keep them; what cannot be kept is taken back and explained. */
export async function keepCharts(charts: readonly LayoutChart[]): Promise<boolean> {
  const before = layout.peek();
  if (!before || saving) return false;
  saving = true;
  layout.value = { ...before, charts: [...charts] };
  try {
    const version = await putLayout(charts, before.version);
    layout.value = { ...before, charts: [...charts], version, problem: null };
    trouble.value = null;
    return true;
  } catch (error) {
    layout.value = before;
    trouble.value = `This layout could not be kept: ${wordsOf(error)}`;
    return false;
  } finally {
    saving = false;
    if (trouble.peek()) void loadLayout();
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiError) return error.hint ? `${error.message} (${error.hint})` : error.message;
  return error instanceof Error ? error.message : String(error);
}

/** Put a chart in the place of another, or at the end. */
export function putChart(chart: LayoutChart, at: number | null): Promise<boolean> {
  const charts = [...(layout.peek()?.charts ?? [])];
  if (at === null) charts.push(chart);
  else charts[at] = chart;
  return keepCharts(charts);
}

export async function deleteChart(at: number): Promise<void> {
  const charts = layout.peek()?.charts ?? [];
  const title = charts[at]?.title ?? "";
  if (await keepCharts(charts.filter((_, index) => index !== at))) beforeDelete.value = { title, charts };
}

export async function takeBackDelete(): Promise<void> {
  const before = beforeDelete.peek();
  if (before && (await keepCharts(before.charts))) beforeDelete.value = null;
}

/** Put a chart before or behind its neighbour of the same section; `by` is -1 or 1. */
export function moveChart(at: number, by: -1 | 1): void {
  const charts = [...(layout.peek()?.charts ?? [])];
  const to = neighbourOf(charts, at, by);
  const chart = charts[at];
  const other = to === null ? undefined : charts[to];
  if (to === null || !chart || !other) return;
  charts[at] = other;
  charts[to] = chart;
  void keepCharts(charts);
}

/** Index of the next chart of the same section; null if there is none. */
export function neighbourOf(charts: readonly LayoutChart[], at: number, by: -1 | 1): number | null {
  const section = charts[at]?.section ?? "";
  for (let to = at + by; to >= 0 && to < charts.length; to += by)
    if ((charts[to]?.section ?? "") === section) return to;
  return null;
}
