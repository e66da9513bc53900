import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { Name } from "../../ui/Name";
import { Swatch } from "../../ui/Swatch";
import type { Line } from "./chart/line";

const MOST_ROWS = 100;
/** What fits without scrolling. */
const UNCUT_ROWS = 5;

interface Props {
  lines: readonly Line[];
  onHover(key: string | null): void;
}

/** The latest value of each line. */
export function Legend({ lines: all, onHover }: Props): JSX.Element {
  const lines = all.filter((line) => !line.isMember);
  return (
    <div class={lines.length > UNCUT_ROWS ? "legend cut" : "legend"} data-testid="legend">
      {lines.slice(0, MOST_ROWS).map(({ key, run, tag, label, color, dash, curve }) => (
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
      {lines.length > MOST_ROWS ? <div class="legend-more">{lines.length - MOST_ROWS} more lines</div> : null}
    </div>
  );
}
