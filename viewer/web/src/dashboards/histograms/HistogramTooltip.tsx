import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { formatWallTime } from "../../format/time";
import { Floating } from "../../ui/Floating";

export interface PointedBin {
  tag: string;
  run: string;
  clientX: number;
  clientY: number;
  step: number;
  wallTime: number;
  from: number;
  to: number;
  count: number;
  total: number;
}

/** The bin under the pointer, in any card; null if there is none. */
export const pointedBin = signal<PointedBin | null>(null);

export function HistogramTooltip(): JSX.Element | null {
  const bin = pointedBin.value;
  if (!bin) return null;
  const share = bin.total > 0 ? ` (${formatValue((100 * bin.count) / bin.total)} %)` : "";
  return (
    <Floating x={bin.clientX} y={bin.clientY} testId="histogram-tooltip">
      <dl data-step={bin.step} data-count={bin.count}>
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
      </dl>
    </Floating>
  );
}
