import type { JSX } from "preact";
import { formatValue } from "../../format/numbers";
import type { Metric } from "../../projector/types";
import { appearance } from "../../state/theme";
import { NumberSlider } from "../../ui/NumberSlider";
import { Segmented } from "../../ui/Segmented";
import { VirtualRows } from "../../ui/VirtualRows";
import { colorAt } from "./coloring";
import { coloring, labelOf } from "./columns";
import { type Near, near, pick, picked } from "./marking";
import { Section } from "./Section";
import { LEAST_NEAR, MOST_NEAR, metric, nearCount } from "./settings";
import { pictures } from "./sheets";
import { pointed } from "./stage";
import { Thumb } from "./Thumb";

const METRICS: readonly { value: Metric; text: string }[] = [
  { value: "cosine", text: "Cosine" },
  { value: "euclidean", text: "Euclidean" },
];
const ROW = 28;
const ROW_WITH_PICTURE = 36;
const MOST_ROWS = 12;

/** The points nearest to the picked one, in all their dimensions. */
export function NearSection(): JSX.Element {
  return (
    <Section title="Nearest neighbours" testId="proj-near">
      <NumberSlider
        label="How many"
        value={nearCount.value}
        min={LEAST_NEAR}
        max={MOST_NEAR}
        step={1}
        testId="proj-near-count"
        onChange={(value) => {
          nearCount.value = Math.round(value);
        }}
      />
      <Segmented
        label="Distance"
        choices={METRICS}
        value={metric.value}
        testId="proj-metric"
        onChange={(value) => {
          metric.value = value;
        }}
      />
      {picked.value < 0 ? <p class="hint">Click a point to see what is near it.</p> : null}
      {picked.value >= 0 && near.value?.of === picked.value ? <NearList now={near.value} /> : null}
    </Section>
  );
}

function NearList({ now }: { now: Near }): JSX.Element {
  const farthest = now.distances.at(-1) || 1;
  const height = pictures.value ? ROW_WITH_PICTURE : ROW;
  const row = (at: number): JSX.Element | null => {
    const index = now.indices[at];
    if (index === undefined) return null;
    const distance = now.distances[at] ?? 0;
    return (
      <button
        key={at}
        type="button"
        class="proj-point"
        style={{ height: `${height}px` }}
        data-testid="proj-neighbour"
        data-distance={distance}
        onClick={(event) => pick(index, event.shiftKey)}
        onPointerEnter={(event) => {
          pointed.value = { index, x: event.clientX, y: event.clientY };
        }}
        onPointerLeave={() => {
          pointed.value = null;
        }}
      >
        <Thumb index={index} size={28} />
        <span class="swatch" style={{ background: colorAt(coloring.value, index, appearance.value) }} />
        <span class="proj-ellipsis">{labelOf(index)}</span>
        <span class="proj-distance">
          <span class="proj-bar" style={{ width: `${Math.min(100, (100 * distance) / farthest)}%` }} />
        </span>
        <span class="proj-number">{formatValue(Number(distance.toPrecision(3)))}</span>
      </button>
    );
  };
  return (
    <div
      class="proj-near-list"
      style={{ height: `${Math.min(now.indices.length, MOST_ROWS) * height}px` }}
      data-testid="proj-neighbours"
      data-count={now.indices.length}
    >
      <VirtualRows rowHeight={height} count={now.indices.length} render={row} />
    </div>
  );
}
