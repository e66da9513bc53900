import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { Name } from "../../ui/Name";
import { Swatch } from "../../ui/Swatch";
import type { Line } from "./chart/line";

/** What fits without scrolling. */
const UNCUT_ROWS = 5;
/** As in scalars.css. */
const ROW_PX = 20;
/** Rows beyond those on the screen, so that scrolling a little draws nothing anew. */
const SPARE_ROWS = 10;

interface Props {
  lines: readonly Line[];
  onHover(key: string | null): void;
}

/** The latest value of each line; only the rows on the screen are there, for thousands of lines. */
export function Legend({ lines: all, onHover }: Props): JSX.Element {
  const lines = all.filter((line) => !line.isMember);
  const first = useSignal(0);
  const start = Math.max(0, Math.min(first.value, lines.length - SPARE_ROWS));
  const end = Math.min(lines.length, start + 3 * SPARE_ROWS);
  const isCut = lines.length > UNCUT_ROWS;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in
    <div
      class={isCut ? "legend cut" : "legend"}
      role="group"
      aria-label="Latest values"
      // What scrolls is scrolled by keys as well.
      tabIndex={isCut ? 0 : undefined}
      data-testid="legend"
      onScroll={(event) => {
        const row = Math.floor(event.currentTarget.scrollTop / ROW_PX);
        first.value = Math.max(0, Math.floor(row / SPARE_ROWS - 1) * SPARE_ROWS);
      }}
    >
      <div style={{ height: `${start * ROW_PX}px` }} />
      {lines.slice(start, end).map(({ key, run, tag, label, color, dash, curve }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a row only makes its line bold
        <div
          key={key}
          class="legend-row"
          data-run={run}
          data-line-tag={tag}
          data-last={curve.last?.value}
          data-step={curve.last?.step}
          onMouseEnter={() => onHover(key)}
          onMouseLeave={() => onHover(null)}
        >
          <Swatch color={color} dash={dash} />
          <Name text={label} />
          <span class="legend-value">{curve.last ? formatValue(curve.last.value) : "–"}</span>
          <span class="legend-step">{curve.last ? formatCount(curve.last.step) : ""}</span>
        </div>
      ))}
      <div style={{ height: `${(lines.length - end) * ROW_PX}px` }} />
    </div>
  );
}
