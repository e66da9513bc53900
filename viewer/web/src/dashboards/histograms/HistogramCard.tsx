import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { getHistograms } from "../../api/client";
import { formatCount } from "../../format/numbers";
import { xAxis } from "../../state/axis";
import type { ShownRun } from "../../state/runs";
import { appearance } from "../../state/theme";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen, useSize } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import { drawnHistograms } from "./drawn";
import { HistogramView } from "./histogram_view";
import { readHistograms } from "./layout";
import { mode, toggleWideHistogram, wideHistograms } from "./settings";

const MOST_STEPS = 50;
const BINS = 40;

/** The histograms of one run and tag over the steps. */
export function HistogramCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const size = useSize(host);
  const key = `${tag}\n${run.name}`;
  const wide = useComputed(() => wideHistograms.value.has(key)).value;
  const view = useRef<HistogramView>(undefined);
  const drawn = useSignal(0);
  const { value, error } = useResource(
    near,
    () => async (signal) => readHistograms(await getHistograms(run.name, tag, MOST_STEPS, BINS, signal)),
  );
  useSignalEffect(() => {
    appearance.value;
    if (!host.current || !value.value || !near.value) return;
    view.current ??= new HistogramView(host.current, tag, run.name);
    view.current.show(value.value, mode.value, xAxis.value, run.color, size.value);
    drawnHistograms.set(key, { data: value.value, view: view.current });
    drawn.value = value.value.steps.length;
  });
  useEffect(
    () => () => {
      view.current?.close();
      drawnHistograms.delete(key);
    },
    [],
  );
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
          <span class="count">{stepsWords(value.value?.steps.length ?? 0, value.value?.totalSteps ?? 0)}</span>
        </div>
      }
      actions={
        <IconButton
          icon={wide ? "shrink" : "expand"}
          label={wide ? "Normal width" : "Full width"}
          pressed={wide}
          onClick={() => toggleWideHistogram(key)}
        />
      }
    >
      <div
        ref={host}
        class="histogram"
        role="img"
        aria-label={`${tag} of ${run.name}`}
        data-testid="histogram"
        data-steps={drawn.value}
      >
        {error.value && !value.value ? <div class="chart-note">{error.value}</div> : null}
      </div>
    </Card>
  );
}

function stepsWords(shown: number, total: number): string {
  if (!total) return "";
  return shown === total ? `${formatCount(total)} steps` : `${shown} of ${formatCount(total)} steps`;
}
