import type { JSX } from "preact";
import type { TextEntry } from "../../api/types";
import { TextBody } from "./TextBody";

const MOST_ROWS = 500;
const MOST_COLUMNS = 100;

/** A text summary as it was shaped: one text, or a table of one or two dimensions. */
export function TextTable({ entry }: { entry: TextEntry }): JSX.Element {
  const { shape, cells } = entry;
  if (cells.length === 1) return <TextBody text={cells[0] ?? ""} />;
  if (cells.length === 0) return <p class="hint">An empty text.</p>;
  const columns = Math.max(1, shape.length >= 2 ? (shape.at(-1) ?? 1) : 1);
  const rows = Math.ceil(cells.length / columns);
  const [shownRows, shownColumns] = [Math.min(rows, MOST_ROWS), Math.min(columns, MOST_COLUMNS)];
  return (
    <>
      <table class="text-table" data-testid="text-table">
        <tbody>
          {Array.from({ length: shownRows }, (_, row) => (
            <tr key={row}>
              {Array.from({ length: shownColumns }, (_, column) => (
                <td key={column}>
                  <TextBody text={cells[row * columns + column] ?? ""} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shownRows < rows || shownColumns < columns ? (
        <p class="hint">
          The first {shownRows} × {shownColumns} of {rows} × {columns} cells.
        </p>
      ) : null}
      {shape.length > 2 ? <p class="hint">Shape {shape.join(" × ")}, shown row by row.</p> : null}
    </>
  );
}
