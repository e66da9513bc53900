/** Amounts of a graph as people read them. */

import { formatBytes, formatValue } from "../../format/numbers";

/** Of microseconds. */
export function formatTime(time: number): string {
  if (time < 1000) return `${formatValue(Math.round(time * 10) / 10)} µs`;
  if (time < 1e6) return `${formatValue(Number((time / 1e3).toPrecision(3)))} ms`;
  return `${formatValue(Number((time / 1e6).toPrecision(3)))} s`;
}

export const formatMemory = (bytes: number): string => formatBytes(Math.round(bytes));

/** The last part of a path. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1) || path;
