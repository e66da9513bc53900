import type { JSX } from "preact";
import { formatValue } from "../../format/numbers";
import { appearance } from "../../state/theme";
import { Floating } from "../../ui/Floating";
import { colorAt } from "./coloring";
import { colorIndex, coloring, labelIndex, labelOf, table } from "./columns";
import { near, picked } from "./marking";
import { rowOf } from "./points";
import { pointed } from "./stage";
import { Thumb } from "./Thumb";

/** Beside the pointer: which point is there. */
export function PointTip(): JSX.Element | null {
  const now = pointed.value;
  if (!now) return null;
  const { index, x, y } = now;
  const color = colorIndex.value;
  const rows = table.value;
  const found = near.value && picked.value >= 0 ? near.value.indices.indexOf(index) : -1;
  return (
    <Floating x={x} y={y} testId="proj-tip">
      <div class="proj-tip">
        <Thumb index={index} size={48} />
        <div class="proj-tip-words">
          <strong data-testid="proj-tip-label">
            <span class="swatch" style={{ background: colorAt(coloring.value, index, appearance.value) }} />
            <span>{labelOf(index)}</span>
          </strong>
          {rows && color !== null && color !== labelIndex.value ? (
            <span>
              {rows.names[color]}: {rows.columns[color]?.[index]}
            </span>
          ) : null}
          <span class="hint">row {rowOf(index)}</span>
          {found >= 0 ? <span class="hint">distance {formatValue(near.value?.distances[found] ?? 0)}</span> : null}
        </div>
      </div>
    </Floating>
  );
}
