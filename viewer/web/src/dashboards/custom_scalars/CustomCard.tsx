import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { LayoutChart } from "../../api/layout";
import { Card } from "../../ui/Card";
import { CardActions } from "../../ui/card_actions";
import { useNearScreen } from "../../ui/use";
import { ScalarCard } from "../scalars/ScalarCard";
import { useResolved } from "./use_resolved";

interface Props {
  /** Tells it from other charts of the page. */
  id: string;
  chart: LayoutChart;
  actions: ComponentChildren;
}

/** One chart of a layout: lines, or lines within bands, and what of it could not be shown. */
export function CustomCard({ id, chart, actions }: Props): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const near = useNearScreen(root);
  const resolved = useResolved(chart, near).value;
  const title = chart.title || "Untitled";
  const remarks = resolved?.remarks.length ? <Remarks remarks={resolved.remarks} /> : null;
  return (
    <div ref={root} class="custom-card" data-testid="custom-card" data-title={chart.title} data-chart={id}>
      <CardActions.Provider value={actions}>
        {resolved?.cards.length ? (
          <ScalarCard
            // A chart of bands is another kind of chart, not a change of it.
            key={resolved.bands ? "bands" : "lines"}
            spec={{ id, title, cards: resolved.cards, ...(resolved.bands ? { bands: resolved.bands } : {}) }}
            prefix=""
            footer={remarks}
          />
        ) : (
          <Card tag={id} title={title} prefix="" testId="empty-chart">
            <div class="chart">
              <div class="chart-note" data-testid="chart-note">
                {resolved ? "Nothing to show" : "Matching tags…"}
              </div>
            </div>
            {remarks}
          </Card>
        )}
      </CardActions.Provider>
    </div>
  );
}

function Remarks({ remarks }: { remarks: readonly string[] }): JSX.Element {
  return (
    <ul class="remarks" role="status" data-testid="remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}
