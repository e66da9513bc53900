import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { useNearScreen } from "../../ui/use";
import { type ChartSpec, runsOf } from "./chart_spec";
import { Legend } from "./Legend";
import { toggleWide, wideTags } from "./settings";
import { useChart } from "./use_chart";

/** One chart with a line for every shown run of its tags, and the latest values. */
export function ScalarCard({ spec, prefix }: { spec: ChartSpec; prefix: string }): JSX.Element {
  const { id, title } = spec;
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const wide = useComputed(() => wideTags.value.has(id)).value;
  const chart = useChart(host, spec, near);
  const lines = chart.lines.value;
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
        </>
      }
    >
      <div
        ref={host}
        class="chart"
        role="img"
        aria-label={`${title}, ${runsOf(spec).length} runs`}
        data-testid="scalar-chart"
        data-tag={id}
        data-lines={lines?.length}
        data-points={chart.points.value}
        data-zoomed={chart.zoom.value ? "" : undefined}
      >
        <ChartNote note={chart.note.value} />
      </div>
      <Legend lines={lines ?? []} onHover={chart.highlight} />
    </Card>
  );
}

function ChartNote({ note }: { note: string | null }): JSX.Element | null {
  return note ? <div class="chart-note">{note}</div> : null;
}
