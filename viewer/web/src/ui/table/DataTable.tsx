import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { type Cell, formatCell } from "../../table/cells";
import type { Sort } from "../../table/sort";
import { clampWidth, columnsWithin, edgesOf } from "../../table/widths";
import { copyText } from "../copy";
import { useSize } from "../use";
import type { Column, RowHead } from "./column";
import { HeadCell } from "./HeadCell";
import { Row } from "./Row";
import { headWidthName } from "./widths_state";

interface Props<R> {
  label: string;
  testId: string;
  head: RowHead<R>;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey(row: R): string;
  sort: Sort;
  onSort(id: string, more: boolean): void;
  /** Widths that a person has chosen, by id of the column. */
  widths: Signal<ReadonlyMap<string, number>>;
  onMove?: ((id: string, before: string | null) => void) | undefined;
  /** What opens from a heading. */
  menu?: ((column: Column<R>, close: () => void) => ComponentChildren) | undefined;
  /** Classes of a row; signals read here draw the row anew alone. */
  rowLook?: ((row: R) => string) | undefined;
  onRowClick?: ((row: R, event: MouseEvent) => void) | undefined;
  onRowDblClick?: ((row: R) => void) | undefined;
  onRowHover?: ((row: R | null) => void) | undefined;
  /** The space bar on a row. */
  onRowToggle?: ((row: R) => void) | undefined;
  /** Which columns are on the screen. */
  onColumnsShown?: ((ids: readonly string[]) => void) | undefined;
  /** A row to bring into view, by its key. */
  reveal?: ReadonlySignal<string | null> | undefined;
  empty?: ComponentChildren;
}

export const ROW_HEIGHT = 28;
export const HEAD_HEIGHT = 44;
const SPARE_ROWS = 6;
const HEAD = -1;

/**
 * A table that holds only the cells on the screen, so that ten thousand rows with hundreds of columns cost as little as a
 * few. Its heading and its first column stay in place. One stop of the Tab key; within, arrow keys move from cell to cell.
 */
export function DataTable<R>(props: Props<R>): JSX.Element {
  const { columns, rows, head, widths, testId } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const scrolled = useSignal({ row: 0, left: 0 });
  const active = useSignal<{ row: number; column: number } | null>(null);
  const headWidth = widths.value.get(headWidthName(head.id)) ?? head.width;
  const edges = useMemo(
    () => edgesOf(columns.map((column) => widths.value.get(column.id) ?? column.width)),
    [columns, widths.value],
  );
  const shown = columnsWithin(edges, scrolled.value.left, Math.max(0, (size.value.width || 1200) - headWidth));
  const firstRow = Math.max(0, scrolled.value.row - SPARE_ROWS);
  const lastRow = Math.min(rows.length, firstRow + Math.ceil((size.value.height || 600) / ROW_HEIGHT) + 2 * SPARE_ROWS);
  const visible = columns.slice(shown.first, shown.last);
  const visibleIds = visible.map((column) => column.id).join("\n");
  useEffect(() => props.onColumnsShown?.(visible.map((column) => column.id)), [visibleIds]);

  const scrollTo = (row: number, column: number): void => {
    const element = box.current;
    if (!element) return;
    if (row >= 0) {
      const [top, room] = [row * ROW_HEIGHT, element.clientHeight - HEAD_HEIGHT];
      if (top < element.scrollTop) element.scrollTop = top;
      if (top + ROW_HEIGHT > element.scrollTop + room) element.scrollTop = top + ROW_HEIGHT - room;
    }
    if (column > 0) {
      const [left, right] = [edges[column - 1] as number, edges[column] as number];
      const room = element.clientWidth - headWidth;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (right > element.scrollLeft + room) element.scrollLeft = right - room;
    }
  };

  const wanted = props.reveal?.value ?? null;
  useLayoutEffect(() => {
    const at = wanted === null ? -1 : rows.findIndex((row) => props.rowKey(row) === wanted);
    if (at >= 0) scrollTo(at, 0);
  }, [wanted]);

  const textAt = (row: number, column: number): string => {
    const of = columns[column - 1];
    if (row === HEAD) return of ? of.title : head.title;
    const found = rows[row];
    if (found === undefined) return "";
    return of ? exactText(of.value(found)) : head.text(found);
  };

  const id = (row: number, column: number): string => `${testId}-${row}-${column}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    const element = box.current;
    if (!element || event.target !== element) return;
    const { row, column } = active.peek() ?? { row: HEAD, column: 0 };
    if ((event.ctrlKey || event.metaKey) && event.key === "c" && !getSelection()?.toString()) {
      void copyText(textAt(row, column));
      return;
    }
    const page = Math.max(1, Math.floor((element.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
    const target = rows[row];
    const go = nextPlace(event, { row, column }, { rows: rows.length, columns: columns.length, page });
    if (go) {
      active.value = go;
      scrollTo(go.row, go.column);
    } else if (event.altKey && event.key === "ArrowDown" && row === HEAD) {
      document.getElementById(id(row, column))?.querySelector<HTMLElement>(".grid-more")?.click();
    } else if (event.key === "Enter" || event.key === " ") {
      const of = columns[column - 1];
      if (row === HEAD && event.key === "Enter") props.onSort(of ? of.id : head.id, event.shiftKey);
      else if (event.key === " " && target !== undefined) (props.onRowToggle ?? props.onRowDblClick)?.(target);
      else if (target !== undefined) props.onRowDblClick?.(target);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const total = headWidth + (edges.at(-1) as number);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <table> cannot leave out the rows that are not on the screen
    <div
      ref={box}
      class="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={active.value ? id(active.value.row, active.value.column) : undefined}
      data-testid={testId}
      data-rows={rows.length}
      onKeyDown={onKeyDown}
      onFocus={() => {
        active.value ??= { row: HEAD, column: 0 };
      }}
      onScroll={(event) => {
        const { scrollTop, scrollLeft } = event.currentTarget;
        // Only whole rows and steps of the width matter, so most scrolling draws nothing anew.
        const next = { row: Math.floor(scrollTop / ROW_HEIGHT), left: Math.floor(scrollLeft / 16) * 16 };
        const now = scrolled.peek();
        if (next.row !== now.row || next.left !== now.left) scrolled.value = next;
      }}
      onMouseLeave={() => props.onRowHover?.(null)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div class="grid-head" role="row" aria-rowindex={1} style={{ width: `${total}px` }}>
        <HeadCell
          column={{ id: head.id, title: head.title, numeric: false, width: headWidth, value: () => null }}
          content={head.head}
          elementId={id(HEAD, 0)}
          index={0}
          width={headWidth}
          sort={props.sort}
          active={active.value?.row === HEAD && active.value.column === 0}
          onSort={props.onSort}
          onResize={(width) => setWidth(widths, headWidthName(head.id), width)}
        />
        <div class="grid-gap" style={{ width: `${edges[shown.first]}px` }} />
        {visible.map((column, at) => (
          <HeadCell
            key={column.id}
            column={column as Column<unknown>}
            elementId={id(HEAD, shown.first + at + 1)}
            index={shown.first + at + 1}
            width={(edges[shown.first + at + 1] as number) - (edges[shown.first + at] as number)}
            sort={props.sort}
            active={active.value?.row === HEAD && active.value.column === shown.first + at + 1}
            onSort={props.onSort}
            onResize={(width) => setWidth(widths, column.id, width)}
            menu={props.menu ? (close) => props.menu?.(column, close) : undefined}
            move={
              props.onMove
                ? { ids: columns.map((one) => one.id), edges, headWidth, onMove: props.onMove, box }
                : undefined
            }
          />
        ))}
      </div>
      <div class="grid-body" style={{ width: `${total}px`, height: `${rows.length * ROW_HEIGHT}px` }}>
        <div style={{ transform: `translateY(${firstRow * ROW_HEIGHT}px)` }}>
          {rows.slice(firstRow, lastRow).map((row, at) => (
            <Row
              key={props.rowKey(row)}
              row={row as unknown}
              rowKey={props.rowKey(row)}
              index={firstRow + at}
              id={id}
              head={head as RowHead<unknown>}
              headWidth={headWidth}
              columns={visible as readonly Column<unknown>[]}
              firstColumn={shown.first}
              edges={edges}
              active={active.value?.row === firstRow + at ? active.value.column : null}
              look={props.rowLook as ((row: unknown) => string) | undefined}
              onClick={props.onRowClick as ((row: unknown, event: MouseEvent) => void) | undefined}
              onDblClick={props.onRowDblClick as ((row: unknown) => void) | undefined}
              onHover={props.onRowHover as ((row: unknown) => void) | undefined}
            />
          ))}
        </div>
      </div>
      {rows.length === 0 ? <div class="grid-empty">{props.empty}</div> : null}
    </div>
  );
}

function setWidth(widths: Signal<ReadonlyMap<string, number>>, id: string, width: number): void {
  widths.value = new Map(widths.peek()).set(id, clampWidth(width));
}

/** A number in full: what is shown is rounded. */
const exactText = (cell: Cell): string => (typeof cell === "number" ? String(cell) : formatCell(cell));

interface Place {
  row: number;
  column: number;
}

function nextPlace(
  event: KeyboardEvent,
  { row, column }: Place,
  { rows, columns, page }: { rows: number; columns: number; page: number },
): Place | null {
  const far = event.ctrlKey || event.metaKey;
  const to: Partial<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row === HEAD ? row : Math.max(0, row - page), column },
    PageDown: { row: row + page, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? rows - 1 : row, column: columns },
  };
  const place = to[event.key];
  if (!place || event.altKey) return null;
  return {
    row: Math.max(HEAD, Math.min(rows - 1, place.row)),
    column: Math.max(0, Math.min(columns, place.column)),
  };
}
