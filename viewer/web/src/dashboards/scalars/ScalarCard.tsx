import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { TagCard } from "../../state/tags";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { useNearScreen } from "../../ui/use";
import { Legend } from "./Legend";
import { toggleWide, wideTags } from "./settings";
import { useChart } from "./use_chart";

/** One tag: its chart with a line for every shown run, and the latest values. */
export function ScalarCard({ card, prefix }: { card: TagCard; prefix: string }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const wide = useComputed(() => wideTags.value.has(card.tag)).value;
  const chart = useChart(host, card, near);
  const lines = chart.lines.value;
  const laps = new Map(card.runs.map((run) => [run.name, run.lap]));
  return (
    <Card
      rootRef={root}
      tag={card.tag}
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
            onClick={() => toggleWide(card.tag)}
            testId="toggle-wide"
          />
        </>
      }
    >
      <div
        ref={host}
        class="chart"
        role="img"
        aria-label={`${card.tag}, ${card.runs.length} runs`}
        data-testid="scalar-chart"
        data-tag={card.tag}
        data-lines={lines?.length}
        data-points={chart.points.value}
        data-zoomed={chart.zoom.value ? "" : undefined}
      >
        <ChartNote note={chart.note.value} />
      </div>
      <Legend lines={lines ?? []} laps={laps} onHover={chart.highlight} />
    </Card>
  );
}

function ChartNote({ note }: { note: string | null }): JSX.Element | null {
  return note ? <div class="chart-note">{note}</div> : null;
}
