import { signal } from "@preact/signals";
import type { JSX } from "preact";
import type { PointedAt } from "../../draw/canvas_view";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { Floating } from "../../ui/Floating";
import { type StepSpot, shareName } from "./bands";

/** The step under the pointer, in any card; null if there is none. */
export const pointedStep = signal<PointedAt<StepSpot> | null>(null);

export function DistributionTooltip(): JSX.Element | null {
  const pointed = pointedStep.value;
  if (!pointed) return null;
  const { step, wallTime, since, total, shares, values } = pointed.spot;
  return (
    <Floating x={pointed.clientX} y={pointed.clientY} keepClear={pointed.plot} testId="distribution-tooltip">
      <dl data-step={step} data-time={wallTime}>
        <dt>Step</dt>
        <dd>
          <strong>{formatCount(step)}</strong>
        </dd>
        {[...shares.keys()].reverse().map((at) => (
          <Row key={at} name={shareName(shares[at] as number)} value={values[at] as number} share={shares[at]} />
        ))}
        <dt>Values</dt>
        <dd>{formatCount(total)}</dd>
        <dt>Time</dt>
        <dd>{formatWallTime(wallTime)}</dd>
        <dt>Relative</dt>
        <dd>{formatDuration(since)}</dd>
      </dl>
    </Floating>
  );
}

function Row({ name, value, share }: { name: string; value: number; share: number | undefined }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd data-share={share} data-value={value}>
        {share === 0.5 ? <strong>{formatValue(value)}</strong> : formatValue(value)}
      </dd>
    </>
  );
}
