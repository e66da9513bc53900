import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { Sort } from "../../table/sort";
import { dropIndex } from "../../table/widths";
import { Icon } from "../Icon";
import type { Column } from "./column";
import { type Anchor, anchorOf, Hanging } from "./Hanging";

interface Move {
  ids: readonly string[];
  edges: readonly number[];
  headWidth: number;
  box: RefObject<HTMLDivElement | null>;
  onMove(id: string, before: string | null): void;
}

interface Props {
  column: Column<unknown>;
  content?: ComponentChildren;
  elementId: string;
  index: number;
  width: number;
  sort: Sort;
  active: boolean;
  onSort(id: string, more: boolean): void;
  onResize(width: number): void;
  menu?: ((close: () => void) => ComponentChildren) | undefined;
  move?: Move | undefined;
}

/** How far a press moves before it is dragging. */
const DRAG_PX = 5;

/** A heading: a click sorts, a drag moves the column, its edge sets the width, a button opens more. */
export function HeadCell(props: Props): JSX.Element {
  const { column, width, index, move } = props;
  const key = props.sort.findIndex(({ id }) => id === column.id);
  const sorted = props.sort[key];
  const menuAt = useSignal<Anchor | null>(null);
  const mark = useSignal<number | null>(null);
  const press = useRef<{ x: number; dragging: boolean } | null>(null);
  const wasDragged = useRef(false);

  const target = (clientX: number): { before: string | null; x: number } | null => {
    const box = move?.box.current;
    if (!move || !box) return null;
    const rect = box.getBoundingClientRect();
    const at = dropIndex(move.edges, clientX - rect.left + box.scrollLeft - move.headWidth);
    return { before: move.ids[at] ?? null, x: (move.edges[at] as number) - (move.edges[index - 1] as number) };
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <th> belongs into a <table>
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      class={`grid-cell grid-title${index === 0 ? " grid-first" : ""}${column.numeric ? " number" : ""}${props.active ? " active" : ""}${mark.value === null ? "" : " dragged"}`}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : "none"}
      id={props.elementId}
      data-column={column.id}
      style={{ width: `${width}px` }}
    >
      {props.content}
      <button
        type="button"
        class="grid-sort"
        tabIndex={-1}
        title={column.hint ?? column.title}
        onClick={(event) => {
          if (!wasDragged.current) props.onSort(column.id, event.shiftKey);
          wasDragged.current = false;
        }}
        onPointerDown={(event) => {
          wasDragged.current = false;
          if (!move || event.button !== 0) return;
          press.current = { x: event.clientX, dragging: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const now = press.current;
          if (!now) return;
          now.dragging ||= Math.abs(event.clientX - now.x) > DRAG_PX;
          if (now.dragging) mark.value = target(event.clientX)?.x ?? null;
        }}
        onPointerUp={(event) => {
          const now = press.current;
          press.current = null;
          mark.value = null;
          if (!now?.dragging || !move) return;
          wasDragged.current = true;
          const drop = target(event.clientX);
          if (drop) move.onMove(column.id, drop.before);
        }}
        onPointerCancel={() => {
          press.current = null;
          mark.value = null;
        }}
      >
        <span class="grid-words">
          {column.over ? <span class="grid-over">{column.over}</span> : null}
          <span class="grid-name">
            <bdi>{column.title}</bdi>
            {column.note ? <span class="grid-note">{column.note}</span> : null}
          </span>
        </span>
        {sorted ? (
          <span class="grid-arrow" aria-hidden="true">
            {sorted.descending ? "↓" : "↑"}
            {props.sort.length > 1 ? <sub>{key + 1}</sub> : null}
          </span>
        ) : null}
      </button>
      {props.menu ? (
        <button
          type="button"
          class={column.filtered ? "grid-more on" : "grid-more"}
          tabIndex={-1}
          aria-label={`${column.title}: filter and more`}
          title={column.filtered ? "Filtered: filter and more" : "Filter and more"}
          aria-haspopup="dialog"
          data-testid="column-menu"
          onClick={(event) => {
            menuAt.value = anchorOf(event.currentTarget);
          }}
        >
          <Icon name={column.filtered ? "funnel" : "dots"} size={14} />
        </button>
      ) : null}
      <Edge width={width} title={column.title} onResize={props.onResize} />
      {mark.value === null ? null : <span class="grid-drop" style={{ left: `${mark.value}px` }} />}
      {menuAt.value && props.menu ? (
        <Hanging
          anchor={menuAt.value}
          label={column.title}
          testId="column-box"
          onClose={() => {
            menuAt.value = null;
          }}
        >
          {props.menu(() => {
            menuAt.value = null;
          })}
        </Hanging>
      ) : null}
    </div>
  );
}

function Edge({ width, title, onResize }: { width: number; title: string; onResize(width: number): void }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  return (
    <span
      class="grid-edge"
      title={`Width of ${title}`}
      data-testid="column-edge"
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (from.current) onResize(from.current.width + event.clientX - from.current.x);
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
    />
  );
}
