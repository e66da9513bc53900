import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { dashOf } from "../../draw/colors";
import { axisColors } from "../../draw/frame";
import { xAxis } from "../../state/axis";
import type { TagCard } from "../../state/tags";
import { appearance } from "../../state/theme";
import { Card } from "../../ui/Card";
import { DrawingHost } from "../../ui/DrawingHost";
import { IconButton } from "../../ui/IconButton";
import { SaveMenu } from "../../ui/SaveMenu";
import { useNearScreen, useSize } from "../../ui/use";
import { allSteps } from "./curves";
import { drawnPrCharts } from "./drawn";
import { noteSteps } from "./known_steps";
import { PrLegend } from "./PrLegend";
import { pointedThreshold } from "./PrTooltip";
import { type Part, PrDrawing } from "./pr_drawing";
import { PrView } from "./pr_view";
import { ownSteps, setOwnStep, showF1, toggleWideChart, wideCharts } from "./settings";
import { useCurves } from "./use_curves";

/** One tag: its chart with a curve for every shown run, and the step of each. */
export function PrCard({ card, prefix }: { card: TagCard; prefix: string }): JSX.Element {
  const { tag } = card;
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const size = useSize(host);
  const wide = useComputed(() => wideCharts.value.has(tag)).value;
  const view = useRef<PrView>(undefined);
  const part = useSignal<Part | null>(null);
  const hovered = useSignal<string | null>(null);
  const drawn = useSignal(0);
  const runs = useSignal(card.runs);
  runs.value = card.runs;
  const { curves, error } = useCurves(card, near);
  useSignalEffect(() => {
    appearance.value;
    const all = curves.value;
    if (!host.current || !all || !near.value || size.value.width === 0) return;
    const shown = runs.value.flatMap((run) => {
      const curve = all.get(run.name);
      return curve ? [{ curve, color: run.color, dash: dashOf(run.lap) }] : [];
    });
    const drawing = new PrDrawing(shown, part.value, showF1.value, size.value, axisColors(), hovered.value);
    view.current ??= new PrView(
      host.current,
      (pointed) => {
        pointedThreshold.value = pointed;
      },
      (next) => {
        part.value = next;
      },
    );
    view.current.show(drawing, size.value);
    drawnPrCharts.set(tag, drawing);
    drawn.value = shown.length;
  });
  useSignalEffect(() => {
    if (curves.value) noteSteps(tag, allSteps(curves.value.values()));
  });
  useEffect(
    () => () => {
      view.current?.close();
      drawnPrCharts.delete(tag);
      noteSteps(tag, null);
    },
    [],
  );
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      wide={wide}
      testId="pr-card"
      actions={
        <>
          {part.value ? (
            <IconButton
              icon="reset"
              label="Show everything (double-click)"
              testId="reset-zoom"
              onClick={() => {
                part.value = null;
              }}
            />
          ) : null}
          <IconButton
            icon={wide ? "shrink" : "expand"}
            label={wide ? "Normal width" : "Full width"}
            pressed={wide}
            onClick={() => toggleWideChart(tag)}
            testId="toggle-wide"
          />
          <SaveMenu picture={() => view.current?.picture(tag) ?? null} />
        </>
      }
    >
      <DrawingHost
        hostRef={host}
        class="histogram pr-chart"
        label={`Precision and recall, ${tag}, ${card.runs.length} runs`}
        testId="pr-chart"
        drawn={drawn.value}
      >
        {error.value && !curves.value ? <div class="chart-note">{error.value}</div> : null}
      </DrawingHost>
      <PrLegend
        runs={card.runs}
        curves={curves.value ?? new Map()}
        axis={xAxis.value}
        hasOwn={(run) => ownSteps.value.has(`${tag}\n${run}`)}
        onHover={(run) => {
          hovered.value = run;
        }}
        onStep={(run, index) => setOwnStep(`${tag}\n${run}`, index)}
      />
    </Card>
  );
}
