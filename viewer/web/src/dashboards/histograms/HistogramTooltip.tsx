import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { Floating } from "../../ui/Floating";
import type { Bin } from "./data";

/** The bin under the pointer, in any card; null if there is none. */
export const pointedBin = signal<{ bin: Bin; clientX: number; clientY: number } | null>(null);

export function HistogramTooltip(): JSX.Element | null {
  const pointed = pointedBin.value;
  if (!pointed) return null;
  const { bin } = pointed;
  const share = bin.total > 0 ? ` (${formatValue((100 * bin.count) / bin.total)} %)` : "";
  return (
    <Floating x={pointed.clientX} y={pointed.clientY} testId="histogram-tooltip">
      <dl data-step={bin.step} data-count={bin.count} data-from={bin.from} data-to={bin.to} data-time={bin.wallTime}>
        <dt>Step</dt>
        <dd>{formatCount(bin.step)}</dd>
        <dt>Bin</dt>
        <dd>
          {formatValue(bin.from)} … {formatValue(bin.to)}
        </dd>
        <dt>Count</dt>
        <dd>
          <strong>{formatCount(Math.round(bin.count * 100) / 100)}</strong>
          {share}
        </dd>
        <dt>Time</dt>
        <dd>{formatWallTime(bin.wallTime)}</dd>
        <dt>Relative</dt>
        <dd>{formatDuration(bin.since)}</dd>
      </dl>
    </Floating>
  );
}
