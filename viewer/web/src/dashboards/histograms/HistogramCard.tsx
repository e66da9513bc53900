import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { getHistograms } from "../../api/client";
import { CanvasView, type Drawing, type PointedAt } from "../../draw/canvas_view";
import { toHex } from "../../draw/colors";
import { axisColors } from "../../draw/frame";
import { formatCount } from "../../format/numbers";
import { StepSlider } from "../../media/StepSlider";
import { xAxis } from "../../state/axis";
import type { ShownRun } from "../../state/runs";
import { appearance } from "../../state/theme";
import { Card } from "../../ui/Card";
import { DrawingHost } from "../../ui/DrawingHost";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { SaveMenu } from "../../ui/SaveMenu";
import { type Size, useNearScreen, useSize } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import { BarsDrawing } from "./bars";
import { type HistogramData, readHistograms, type SingleData, spread } from "./data";
import { type AnyDrawing, drawnHistograms } from "./drawn";
import { pointedBin } from "./HistogramTooltip";
import { HeatDrawing } from "./heat";
import { type BinSpot, RidgesDrawing } from "./paint";
import { logCounts, mode, stepCount, toggleWideHistogram, wideHistograms } from "./settings";
import { type Single, useSingle } from "./use_single";

const BINS = 40;

/** The histograms of one run and tag over the steps, or one of them. */
export function HistogramCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const size = useSize(host);
  const key = `${tag}\n${run.name}`;
  const wide = useComputed(() => wideHistograms.value.has(key)).value;
  const view = useRef<CanvasView<BinSpot<unknown>>>(undefined);
  const drawn = useSignal(0);
  const alone = useComputed(() => mode.value === "bars");
  const single = useSingle(
    run.name,
    tag,
    useComputed(() => near.value && alone.value),
  );
  const { value, error } = useResource(near, () => {
    const steps = stepCount.value;
    return async (signal) => readHistograms(await getHistograms(run.name, tag, steps, BINS, signal));
  });
  useSignalEffect(() => {
    const data = value.value;
    if (!host.current || !data || !near.value || size.value.width === 0) return;
    const drawing = drawingOf(data, single.data.value, run.color, size.value);
    if (!drawing) return;
    view.current ??= new CanvasView(host.current, point);
    view.current.show(drawing as Drawing<BinSpot<unknown>>, size.value);
    const shown = { mode: mode.value, axis: xAxis.value, log: logCounts.value };
    drawnHistograms.set(key, { ...shown, data, drawing, single: alone.value ? single.data.value : null });
    drawn.value = data.steps.length;
  });
  useEffect(
    () => () => {
      view.current?.close();
      drawnHistograms.delete(key);
    },
    [],
  );
  const steps = alone.value ? 1 : (value.value?.steps.length ?? 0);
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      wide={wide}
      testId="histogram-card"
      stacked
      subtitle={
        <div class="run-line">
          <RunLabel run={run} />
          <span class="count">{stepsWords(steps, value.value?.totalSteps ?? 0)}</span>
        </div>
      }
      actions={
        <>
          <IconButton
            icon={wide ? "shrink" : "expand"}
            label={wide ? "Normal width" : "Full width"}
            pressed={wide}
            onClick={() => toggleWideHistogram(key)}
            testId="toggle-wide"
          />
          <SaveMenu picture={() => view.current?.picture(tag, run.name) ?? null} />
        </>
      }
    >
      <DrawingHost
        hostRef={host}
        class="histogram"
        label={`${tag} of ${run.name}`}
        testId="histogram"
        drawn={drawn.value}
      >
        {error.value && !value.value ? <div class="chart-note">{error.value}</div> : null}
      </DrawingHost>
      {alone.value ? <Choice single={single} /> : null}
    </Card>
  );
}

function Choice({ single }: { single: Single }): JSX.Element {
  const steps = single.steps.value;
  return (
    <>
      {single.error.value ? <p class="card-description">{single.error.value}</p> : null}
      <StepSlider
        steps={steps?.step ?? []}
        wallTimes={steps?.wall_time ?? []}
        index={Math.max(0, single.index.value)}
        onChange={single.choose}
      />
    </>
  );
}

/** What is to be drawn; null until it is there. */
function drawingOf(data: HistogramData, single: SingleData | null, color: string, size: Size): AnyDrawing | null {
  const look = appearance.value;
  const colors = axisColors();
  const inked = { ...colors, background: toHex(colors.background), run: color };
  const how = mode.value;
  if (how === "heat") return new HeatDrawing(data, xAxis.value, size, colors, look, logCounts.value);
  if (how !== "bars") return new RidgesDrawing(data, how, xAxis.value, size, inked, logCounts.value);
  if (!single) return null;
  return new BarsDrawing(single, spread(data.edges), data.wallTimes[0] ?? Number.NaN, size, inked, logCounts.value);
}

function point(pointed: PointedAt<BinSpot<unknown>> | null): void {
  pointedBin.value = pointed && { bin: pointed.spot.bin, clientX: pointed.clientX, clientY: pointed.clientY };
}

function stepsWords(shown: number, total: number): string {
  if (!total) return "";
  return shown === total ? `${formatCount(total)} steps` : `${formatCount(shown)} of ${formatCount(total)} steps`;
}
