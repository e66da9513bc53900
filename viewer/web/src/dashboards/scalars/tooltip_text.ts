/** The rows of the tooltip as text for a spreadsheet. */

import { toTsv } from "../../table/tab_separated";
import type { Hit } from "./chart/nearest";

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
    const step = curve.step[index] ?? Number.NaN;
    return [label, ...(smoothed ? [average] : []), value, step, time(wall), wall - curve.start];
  });
  return `${toTsv([head, ...rows])}\n`;
}
