import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { Floating } from "../../ui/Floating";
import { STATUS } from "./fields";
import { StatusChip } from "./StatusChip";
import type { Row } from "./sessions";
import { cellOfRow, colorField, colorOf, columns } from "./state";
import { nameOf, writeCell } from "./words";

/** The row of a drawing that the pointer is at. */
export const tip = signal<{ row: Row; x: number; y: number } | null>(null);

const MOST = 18;

/** All that the table says of the row that is pointed at. */
export function SessionTooltip(): JSX.Element | null {
  const now = tip.value;
  if (!now) return null;
  const fields = columns.value.filter((field) => cellOfRow(field, now.row) !== null);
  return (
    <Floating x={now.x} y={now.y} testId="hp-tooltip" tag={now.row.key}>
      <div class="tip-name">
        <span class="swatch" style={{ background: colorOf.value(now.row) }} />
        {now.row.name}
        {now.row.isGroup ? <span class="count">×{now.row.sessions.length}</span> : null}
      </div>
      <table>
        <tbody>
          {fields.slice(0, MOST).map((field) => (
            <tr key={field.id} class={field === colorField.value ? "closest" : undefined}>
              <td class="tip-field">{nameOf(field)}</td>
              <td class="number">
                {field.id === STATUS ? (
                  <StatusChip status={String(cellOfRow(field, now.row))} />
                ) : (
                  writeCell(field, cellOfRow(field, now.row)).slice(0, 60)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {fields.length > MOST ? <div class="tooltip-more">and {fields.length - MOST} more</div> : null}
    </Floating>
  );
}
