import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { getDistributions } from "../../api/curves";
import { CanvasView, type PointedAt } from "../../draw/canvas_view";
import { axisColors } from "../../draw/frame";
import { formatCount } from "../../format/numbers";
import { xAxis } from "../../state/axis";
import type { ShownRun } from "../../state/runs";
import { appearance } from "../../state/theme";
import { Card } from "../../ui/Card";
import { DrawingHost } from "../../ui/DrawingHost";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { SaveMenu } from "../../ui/SaveMenu";
import { useNearScreen, useSize } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import { BandsDrawing, readDistributions, type StepSpot } from "./bands";
import { pointedStep } from "./DistributionTooltip";
import { drawnDistributions } from "./drawn";
import { stepCount, toggleWideDistribution, wideDistributions } from "./settings";

/** How the values of one run and tag are spread, over the steps. */
export function DistributionCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const size = useSize(host);
  const key = `${tag}\n${run.name}`;
  const wide = useComputed(() => wideDistributions.value.has(key)).value;
  const view = useRef<CanvasView<StepSpot>>(undefined);
  const drawn = useSignal(0);
  const { value, error } = useResource(near, () => {
    const steps = stepCount.value;
    return async (signal) => readDistributions(await getDistributions(run.name, tag, steps, signal));
  });
  useSignalEffect(() => {
    appearance.value;
    const data = value.value;
    if (!host.current || !data || !near.value || size.value.width === 0) return;
    const drawing = new BandsDrawing(data, xAxis.value, size.value, run.color, axisColors());
    view.current ??= new CanvasView(host.current, point);
    view.current.show(drawing, size.value);
    drawnDistributions.set(key, { data, axis: xAxis.value, drawing });
    drawn.value = data.steps.length;
  });
  useEffect(
    () => () => {
      view.current?.close();
      drawnDistributions.delete(key);
    },
    [],
  );
  const shown = value.value?.steps.length ?? 0;
  const total = value.value?.totalSteps ?? 0;
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      wide={wide}
      testId="distribution-card"
      stacked
      subtitle={
        <div class="run-line">
          <RunLabel run={run} />
          <span class="count">
            {total ? `${shown === total ? "" : `${formatCount(shown)} of `}${formatCount(total)} steps` : ""}
          </span>
        </div>
      }
      actions={
        <>
          <IconButton
            icon={wide ? "shrink" : "expand"}
            label={wide ? "Normal width" : "Full width"}
            pressed={wide}
            onClick={() => toggleWideDistribution(key)}
            testId="toggle-wide"
          />
          <SaveMenu picture={() => view.current?.picture(tag, run.name) ?? null} />
        </>
      }
    >
      <DrawingHost
        hostRef={host}
        class="histogram"
        label={`Distribution of ${tag} in ${run.name}`}
        testId="distribution"
        drawn={drawn.value}
      >
        {error.value && !value.value ? <div class="chart-note">{error.value}</div> : null}
      </DrawingHost>
    </Card>
  );
}

function point(pointed: PointedAt<StepSpot> | null): void {
  pointedStep.value = pointed;
}
