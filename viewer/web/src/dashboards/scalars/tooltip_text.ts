/** The rows of the tooltip as text for a spreadsheet. */

import type { Hit } from "./chart/nearest";

/** A name in one cell; one that a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, " ").replace(/^(?=[=+\-@'])/, "'");

const time = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
};

/** Tab-separated: name, smoothed value if there is one, value, step, time, seconds since the start, all digits. */
export function tooltipText(hits: readonly Hit[]): string {
  const smoothed = hits.some((hit) => hit.line.raw !== null);
  const head = ["run", ...(smoothed ? ["smoothed"] : []), "value", "step", "time", "relative"];
  const rows = hits.map(({ line: { label, curve }, index, value, smoothed: average }) => {
    const wall = curve.wallTime[index] ?? Number.NaN;
    return [cell(label), ...(smoothed ? [average] : []), value, curve.step[index], time(wall), wall - curve.start];
  });
  return `${[head, ...rows].map((row) => row.join("\t")).join("\n")}\n`;
}
