import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { Floating } from "../../ui/Floating";
import { windowAround } from "../../ui/tooltip_place";
import type { Hit } from "./chart/nearest";

export interface Pointed {
  tag: string;
  clientX: number;
  clientY: number;
  /** The plot, from top to bottom, in the window. */
  plot: { top: number; bottom: number };
  /** In the order to list them. */
  hits: readonly Hit[];
  closest: Hit | null;
}

/** What the pointer is at, in any chart; null if in none. */
export const pointed = signal<Pointed | null>(null);

const ROW_PX = 20;
const CHROME_PX = 88;

/** One box for all charts: every run at the pointer, the closest one bold. */
export function ScalarTooltip(): JSX.Element | null {
  const now = pointed.value;
  if (!now?.hits.length) return null;
  const room = Math.max(3, Math.floor((innerHeight - CHROME_PX) / ROW_PX));
  const { first, last } = windowAround(now.closest ? now.hits.indexOf(now.closest) : 0, now.hits.length, room);
  const smoothed = now.hits.some((hit) => hit.line.raw !== null);
  return (
    <Floating x={now.clientX} y={now.clientY} keepClear={now.plot} testId="tooltip" tag={now.tag}>
      <table>
        <thead>
          <tr>
            <th colSpan={2}>Run</th>
            {smoothed ? <th class="number">Smoothed</th> : null}
            <th class="number">Value</th>
            <th class="number">Step</th>
            <th class="number when">Time</th>
            <th class="number when">Relative</th>
          </tr>
        </thead>
        <tbody>
          {now.hits.slice(first, last).map((hit) => (
            <Row key={hit.line.key} hit={hit} bold={hit === now.closest} smoothed={smoothed} />
          ))}
        </tbody>
      </table>
      {last - first < now.hits.length ? (
        <div class="tooltip-more">{now.hits.length - (last - first)} more runs above or below</div>
      ) : null}
    </Floating>
  );
}

function Row({ hit, bold, smoothed }: { hit: Hit; bold: boolean; smoothed: boolean }): JSX.Element {
  const { curve, color, run, tag, label } = hit.line;
  const time = curve.wallTime[hit.index] ?? Number.NaN;
  return (
    <tr
      class={bold ? "closest" : undefined}
      data-run={run}
      data-line-tag={tag}
      data-value={hit.value}
      data-step={curve.step[hit.index]}
    >
      <td>
        <span class="swatch" style={{ background: color }} />
      </td>
      <td class="tooltip-run">{label}</td>
      {smoothed ? <td class="number">{formatValue(hit.smoothed)}</td> : null}
      <td class="number">{formatValue(hit.value)}</td>
      <td class="number">{formatCount(curve.step[hit.index] ?? Number.NaN)}</td>
      <td class="number when">{formatWallTime(time)}</td>
      <td class="number when">{formatDuration(time - curve.start)}</td>
    </tr>
  );
}
