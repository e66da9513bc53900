import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { AnchoredPanel } from "../../ui/AnchoredPanel";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { lazily } from "../../ui/lazily";
import { useNearScreen } from "../../ui/use";
import { AxesPanel } from "./AxesPanel";
import { CardMenu } from "./CardMenu";
import { chartKey } from "./chart_keys";
import { type ChartSpec, runsOf } from "./chart_spec";
import type { Note } from "./chart_view";
import { Legend } from "./Legend";
import { PlaceHandles } from "./PlaceHandles";
import { placeOf } from "./places";
import { RestartsButton } from "./RestartsButton";
import { toggleWide, wideTags } from "./settings";
import { useChart } from "./use_chart";

/** Needed by those who choose a place. */
const ValueTable = lazily(async () => (await import("./ValueTable")).ValueTable);

interface Props {
  spec: ChartSpec;
  prefix: string;
  /** Below the legend. */
  footer?: ComponentChildren;
}

/** One chart with a line for every shown run of its tags, and the latest values. */
export function ScalarCard({ spec, prefix, footer }: Props): JSX.Element {
  const { id, title } = spec;
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const wide = useComputed(() => wideTags.value.has(id)).value;
  const chart = useChart(host, spec, near);
  const lines = chart.lines.value;
  const place = useComputed(() => placeOf(id)).value;
  const axesOpen = useSignal(false);
  const menu = useRef<HTMLDivElement>(null);
  return (
    <Card
      rootRef={root}
      tag={id}
      title={title}
      prefix={prefix}
      wide={wide}
      testId="scalar-card"
      actions={
        <>
          {chart.note.value && !chart.note.value.isAll ? (
            <span class="card-note" title={chart.note.value.words} data-testid="chart-note">
              {chart.note.value.text}
            </span>
          ) : null}
          <RestartsButton lines={lines ?? []} />
          {chart.zoom.value ? (
            <IconButton icon="reset" label="Show everything (double-click)" onClick={chart.reset} testId="reset-zoom" />
          ) : null}
          <IconButton
            icon={wide ? "shrink" : "expand"}
            label={wide ? "Normal width" : "Full width"}
            pressed={wide}
            onClick={() => toggleWide(id)}
            testId="toggle-wide"
          />
          <div ref={menu}>
            <CardMenu
              tag={id}
              openAxes={() => {
                axesOpen.value = true;
              }}
            />
          </div>
          {axesOpen.value ? (
            <AnchoredPanel
              label={`Axes of ${title}`}
              anchor={menu}
              testId="axes-panel"
              onClose={() => {
                axesOpen.value = false;
              }}
            >
              <AxesPanel tag={id} />
            </AnchoredPanel>
          ) : null}
        </>
      }
    >
      <div
        ref={host}
        class="chart"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move along the points, zoom and pan
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${title}, ${runsOf(spec).length} runs`}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - 0 P"
        onKeyDown={(event) => chartKey(event, chart.view, chart.reset)}
        onBlur={() => chart.view.leave()}
        data-testid="scalar-chart"
        data-tag={id}
        data-lines={lines?.length}
        data-points={chart.points.value}
        data-zoomed={chart.zoom.value ? "" : undefined}
      >
        <ChartNote note={chart.note.value} />
        <PlaceHandles id={id} view={chart.view} />
      </div>
      {place ? (
        <ValueTable spec={spec} place={place} near={near} onHover={chart.highlight} />
      ) : (
        <Legend lines={lines ?? []} onHover={chart.highlight} />
      )}
      {footer}
    </Card>
  );
}

function ChartNote({ note }: { note: Note | null }): JSX.Element | null {
  return note?.isAll ? (
    <div class="chart-note" data-testid="chart-note">
      {note.text}
    </div>
  ) : null;
}
