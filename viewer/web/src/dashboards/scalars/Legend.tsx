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
  laps: ReadonlyMap<string, number>;
  onHover(run: string | null): void;
}

/** The latest value of each shown run. */
export function Legend({ lines, laps, onHover }: Props): JSX.Element {
  return (
    <div class={lines.length > UNCUT_ROWS ? "legend cut" : "legend"} data-testid="legend">
      {lines.slice(0, MOST_ROWS).map(({ run, color, curve }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a row only makes its line bold
        <div
          key={run}
          class="legend-row"
          data-run={run}
          data-last={curve.last?.value}
          data-step={curve.last?.step}
          onMouseEnter={() => onHover(run)}
          onMouseLeave={() => onHover(null)}
        >
          <Swatch color={color} lap={laps.get(run) ?? 0} />
          <Name text={run} />
          <span class="legend-value">{curve.last ? formatValue(curve.last.value) : "–"}</span>
          <span class="legend-step">{curve.last ? formatCount(curve.last.step) : ""}</span>
        </div>
      ))}
      {lines.length > MOST_ROWS ? <div class="legend-more">{lines.length - MOST_ROWS} more runs</div> : null}
    </div>
  );
}
