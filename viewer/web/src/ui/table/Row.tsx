import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatCell } from "../../table/cells";
import type { Column, RowHead } from "./column";

interface Props {
  row: unknown;
  rowKey: string;
  index: number;
  id(row: number, column: number): string;
  head: RowHead<unknown>;
  headWidth: number;
  /** Those on the screen; the first of them is number `firstColumn`. */
  columns: readonly Column<unknown>[];
  firstColumn: number;
  edges: readonly number[];
  /** The column of the cell that the keyboard is at, if it is in this row. */
  active: number | null;
  look?: ((row: unknown) => string) | undefined;
  onClick?: ((row: unknown, event: MouseEvent) => void) | undefined;
  onDblClick?: ((row: unknown) => void) | undefined;
  onHover?: ((row: unknown) => void) | undefined;
}

/** One row of a table: its name, and the cells on the screen. */
export function Row(props: Props): JSX.Element {
  const { row, index, columns, firstColumn, edges, active } = props;
  const look = useComputed(() => props.look?.(row) ?? "").value;
  const at = (column: number): string => (active === column ? " active" : "");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <tr> belongs into a <table>
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      class={`grid-row ${look}`}
      role="row"
      aria-rowindex={index + 2}
      data-row={props.rowKey}
      onClick={(event) => {
        if (!isControl(event.target)) props.onClick?.(row, event);
      }}
      onDblClick={(event) => {
        if (!isControl(event.target)) props.onDblClick?.(row);
      }}
      onMouseEnter={() => props.onHover?.(row)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div
        class={`grid-cell grid-first${at(0)}`}
        role="rowheader"
        aria-colindex={1}
        id={props.id(index, 0)}
        style={{ width: `${props.headWidth}px` }}
      >
        {props.head.render(row)}
      </div>
      <div class="grid-gap" style={{ width: `${edges[firstColumn]}px` }} />
      {columns.map((column, i) => {
        const place = firstColumn + i;
        const text = formatCell(column.value(row));
        const more = column.look?.(row);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={column.id}
            class={`grid-cell${column.numeric ? " number" : ""}${more ? ` ${more}` : ""}${at(place + 1)}`}
            role="gridcell"
            aria-colindex={place + 2}
            id={props.id(index, place + 1)}
            data-column={column.id}
            title={column.numeric ? undefined : text}
            style={{ width: `${(edges[place + 1] as number) - (edges[place] as number)}px` }}
          >
            {column.render ? column.render(row) : <span class="grid-text">{text}</span>}
          </div>
        );
      })}
    </div>
  );
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button, input, a, label") !== null;
