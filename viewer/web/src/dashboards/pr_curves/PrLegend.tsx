import type { JSX } from "preact";
import type { XAxis } from "../../api/client";
import { dashOf } from "../../draw/colors";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime, formatWhen } from "../../format/time";
import { StepInput, StepRange } from "../../media/StepSlider";
import type { ShownRun } from "../../state/runs";
import { IconButton } from "../../ui/IconButton";
import { Name } from "../../ui/Name";
import { Swatch } from "../../ui/Swatch";
import type { Curve } from "./curves";

interface Props {
  runs: readonly ShownRun[];
  curves: ReadonlyMap<string, Curve>;
  axis: XAxis;
  hasOwn(run: string): boolean;
  onHover(run: string | null): void;
  /** Null: the step that all have. */
  onStep(run: string, index: number | null): void;
}

/** What of each run is shown: the step, which a slider and a field choose, its time, the average precision. */
export function PrLegend({ runs, curves, axis, hasOwn, onHover, onStep }: Props): JSX.Element {
  return (
    <div class="pr-legend" data-testid="pr-legend">
      {runs.map((run) => {
        const curve = curves.get(run.name);
        if (!curve) return null;
        return (
          <Row
            key={run.name}
            run={run}
            curve={curve}
            axis={axis}
            own={hasOwn(run.name)}
            onHover={onHover}
            onStep={(index) => onStep(run.name, index)}
          />
        );
      })}
    </div>
  );
}

interface RowProps {
  run: ShownRun;
  curve: Curve;
  axis: XAxis;
  own: boolean;
  onHover(run: string | null): void;
  onStep(index: number | null): void;
}

function Row({ run, curve, axis, own, onHover, onStep }: RowProps): JSX.Element {
  const { steps, index } = curve;
  const step = steps[index] ?? Number.NaN;
  const time = curve.wallTimes[index] ?? Number.NaN;
  const since = time - (curve.wallTimes[0] ?? Number.NaN);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a row only makes its curve bold
    <div
      class="pr-row"
      data-testid="pr-row"
      data-run={run.name}
      data-step={step}
      data-ap={curve.averagePrecision}
      onMouseEnter={() => onHover(run.name)}
      onMouseLeave={() => onHover(null)}
    >
      <Swatch color={run.color} dash={dashOf(run.lap)} />
      <Name text={run.name} />
      {curve.error ? (
        <span class="pr-error" title={curve.error}>
          {curve.error}
        </span>
      ) : (
        <span class="pr-ap" title={AP_WORDS} data-testid="pr-ap">
          AP {Number.isNaN(curve.averagePrecision) ? "–" : formatValue(Number(curve.averagePrecision.toFixed(4)))}
        </span>
      )}
      <StepRange steps={steps} index={index} label={`Step of ${run.name}`} testId="pr-slider" onChange={onStep} />
      <StepInput steps={steps} index={index} label={`Go to step, ${run.name}`} testId="pr-step" onChange={onStep} />
      <span class="pr-time" title={`${formatWallTime(time)}, ${formatDuration(since)} after the first curve`}>
        {axis === "step"
          ? `${formatCount(index + 1)} of ${formatCount(steps.length)}`
          : axis === "relative"
            ? formatDuration(since)
            : formatWhen(time)}
      </span>
      <span class="pr-own">
        {own ? (
          <IconButton icon="reset" label="Follow the step of all" testId="pr-follow" onClick={() => onStep(null)} />
        ) : null}
      </span>
    </div>
  );
}

export const AP_WORDS =
  "Average precision: the sum of (recall − recall before) × precision over the logged thresholds, from the highest to the " +
  "lowest; nothing is drawn between them";
