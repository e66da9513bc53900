import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { xAxisName } from "../../state/axis";
import { AnchoredPanel } from "../../ui/AnchoredPanel";
import { Icon } from "../../ui/Icon";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { Toggle } from "../../ui/Toggle";
import { rules, scaleOfAll, setScaleOfAll } from "./axis_rules";
import type { ScaleKind } from "./chart/scale";
import { ORDERS } from "./ScalarTooltip";
import { ignoreOutliers, linkZoom, MOST_TOOLTIP_ROWS, tooltipOrder, tooltipRows, USUAL_TOOLTIP_ROWS } from "./settings";
import { isZoomed, resetZooms, setLinked } from "./zooms";

const SCALES: readonly { value: ScaleKind; text: string }[] = [
  { value: "linear", text: "Linear" },
  { value: "log", text: "Log" },
  { value: "symlog", text: "Symlog" },
];

/** What holds for the axes, zooms and tooltips of all charts. */
export function ViewOptions(): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const changes = useComputed(
    () =>
      Number(rules.value.length > 0) +
      Number(ignoreOutliers.value) +
      Number(linkZoom.value) +
      Number(tooltipRows.value !== USUAL_TOOLTIP_ROWS),
  );
  return (
    <div class="view-options" ref={root}>
      <button
        type="button"
        class={changes.value ? "choice-button chosen" : "choice-button"}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        data-testid="view-options"
        onClick={() => {
          open.value = !open.value;
        }}
      >
        Axes
        <Icon name="more" size={14} />
      </button>
      {open.value ? (
        <AnchoredPanel
          label="Axes, zoom and tooltip of all charts"
          anchor={root}
          testId="view-options-panel"
          onClose={() => {
            open.value = false;
          }}
        >
          <Options />
        </AnchoredPanel>
      ) : null}
    </div>
  );
}

function Options(): JSX.Element {
  return (
    <div class="axes-panel">
      <Row label="Vertical axis">
        <Segmented
          label="Vertical scale"
          choices={SCALES}
          value={scaleOfAll("y")}
          testId="y-scale"
          onChange={(scale) => setScaleOfAll("y", scale)}
        />
      </Row>
      {xAxisName.value === "wall" ? null : (
        <Row label="Horizontal axis">
          <Segmented
            label="Horizontal scale"
            choices={SCALES}
            value={scaleOfAll(xAxisName.value)}
            testId="x-scale"
            onChange={(scale) => setScaleOfAll(xAxisName.value, scale)}
          />
        </Row>
      )}
      <Toggle label="Ignore outliers (show the middle 90 %)" on={ignoreOutliers} testId="outliers" />
      <label class="toggle">
        <input
          type="checkbox"
          class="checkbox"
          checked={linkZoom.value}
          data-testid="link-zoom"
          onChange={(event) => setLinked(event.currentTarget.checked)}
        />
        Zoom all horizontal axes together
      </label>
      <Row label="Tooltip">
        <Select
          label="Order of the tooltip's rows"
          choices={ORDERS}
          value={tooltipOrder.value}
          testId="tooltip-sort"
          onChange={(order) => {
            tooltipOrder.value = order;
          }}
        />
        <label class="bound">
          <span class="control-label">Rows</span>
          <input
            type="text"
            inputMode="numeric"
            class="axis-field short"
            value={tooltipRows.value}
            data-testid="tooltip-rows"
            onChange={(event) => {
              const typed = Math.floor(Number(event.currentTarget.value));
              tooltipRows.value = typed > 0 ? Math.min(typed, MOST_TOOLTIP_ROWS) : USUAL_TOOLTIP_ROWS;
              event.currentTarget.value = String(tooltipRows.value);
            }}
          />
        </label>
      </Row>
      <div class="axes-foot">
        <button
          type="button"
          class="button small"
          disabled={!isZoomed.value}
          data-testid="reset-zooms"
          onClick={resetZooms}
        >
          Reset all zooms
        </button>
        <button
          type="button"
          class="button small"
          disabled={!rules.value.length}
          data-testid="reset-axes"
          onClick={() => {
            rules.value = [];
          }}
        >
          Reset all axes
        </button>
      </div>
    </div>
  );
}

function Row({ label, children }: { label: string; children: JSX.Element | JSX.Element[] }): JSX.Element {
  return (
    <div class="axes-row">
      <span class="control-label">{label}</span>
      {children}
    </div>
  );
}
