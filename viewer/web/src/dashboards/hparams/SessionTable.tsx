import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { higherIsBetter } from "../../state/directions";
import { selection, setSelected, soloRuns } from "../../state/runs";
import type { Cell } from "../../table/cells";
import { spanOf } from "../../table/fold";
import { nextSort } from "../../table/sort";
import { usualWidth } from "../../table/widths";
import type { Column, RowHead } from "../../ui/table/column";
import { DataTable } from "../../ui/table/DataTable";
import { RunName } from "../../ui/table/RunName";
import { rememberedWidths } from "../../ui/table/widths_state";
import { bestOf } from "../table/relation";
import { FieldMenu, moveField } from "./FieldMenu";
import { type Field, STARTED, STATUS } from "./fields";
import { StatusChip } from "./StatusChip";
import type { Row } from "./sessions";
import { filters, sort } from "./settings";
import {
  cellOfRow,
  cellsOfRow,
  columns,
  familyOf,
  fields,
  isTicked,
  metricKind,
  NAME,
  opened,
  passing,
  pinned,
  pointed,
  tableRows,
} from "./state";
import { SHOWN_WORDS, writeCell } from "./words";

const widths = rememberedWidths("hparams");

/** The sessions, a row each, with what they were begun with and what came of them. */
export function SessionTable(): JSX.Element {
  const shown = useComputed(() => columns.value.map(columnOf));
  const rows = tableRows.value;
  const head: RowHead<Row> = {
    id: NAME,
    title: "Session",
    width: 260,
    text: ({ name }) => name,
    render: (row) => <SessionName row={row} />,
  };
  return (
    <DataTable
      label="Sessions"
      testId="hp-table"
      head={head}
      columns={shown.value}
      rows={rows}
      rowKey={keyOf}
      sort={sort.value}
      onSort={(id, more) => {
        const { metric } = fields.peek().get(id) ?? {};
        sort.value = nextSort(sort.peek(), id, metric !== undefined && higherIsBetter(metric.tag), more);
      }}
      widths={widths}
      onMove={moveField}
      menu={(column, close) => {
        const field = fields.value.get(column.id);
        return field ? <FieldMenu field={field} close={close} /> : null;
      }}
      rowLook={(row) =>
        [
          isTicked(selection.value, row) ? "" : "off",
          pointed.value === row.key ? "pointed" : "",
          pinned.value === row.key ? "pinned" : "",
          row.within === null ? "" : "within",
        ].join(" ")
      }
      onRowClick={toggleRow}
      onRowDblClick={showOnly}
      onRowToggle={toggleRow}
      onRowHover={(row) => {
        pointed.value = row && (row.within ?? row.key);
      }}
      reveal={pinned}
      empty={<Empty />}
    />
  );
}

/** A session's own row is below that of its group: the two need keys of their own. */
const keyOf = (row: Row): string => (row.within === null ? row.key : `${row.within}\n${row.key}`);

function Empty(): JSX.Element {
  return (
    <>
      No session passes the filters.{" "}
      <button
        type="button"
        class="button"
        onClick={() => {
          filters.value = new Map();
        }}
      >
        Clear the filters
      </button>
    </>
  );
}

export function toggleRow(row: Row): void {
  setSelected(familyOf(row), !isTicked(selection.peek(), row));
}

/** Tick only the runs of this row; all again if they are the only ones already. */
const showOnly = (row: Row): void => soloRuns(familyOf(row));

function SessionName({ row }: { row: Row }): JSX.Element {
  const first = row.sessions[0]?.run ?? "";
  if (!row.isGroup) return <RunName run={first} runs={familyOf(row)} />;
  const open = opened.value.has(row.key);
  return (
    <>
      <button
        type="button"
        class="group-caret"
        tabIndex={-1}
        aria-expanded={open}
        aria-label={`Sessions of ${row.name}`}
        data-testid="open-group"
        onClick={() => {
          const next = new Set(opened.peek());
          if (!next.delete(row.key)) next.add(row.key);
          opened.value = next;
        }}
      >
        <span aria-hidden="true">{open ? "▾" : "▸"}</span>
      </button>
      <RunName run={first} text={row.name} runs={familyOf(row)} />
      <span class="count" title={`${row.sessions.length} sessions`}>
        ×{row.sessions.length}
      </span>
    </>
  );
}

function columnOf(field: Field): Column<Row> {
  const { metric, id, title, numeric } = field;
  const higher = metric !== undefined && higherIsBetter(metric.tag);
  const note = metric?.shown ? SHOWN_WORDS[metric.shown].toLowerCase() : undefined;
  const best =
    metric &&
    bestOf(
      [...passing.value].map((row) => cellOfRow(field, row)),
      higher,
    );
  const longest = numeric
    ? 0
    : Math.max(0, ...[...passing.value].slice(0, 100).map((row) => textOf(field, row).length));
  return {
    id,
    title,
    over: field.over,
    note,
    hint: hintOf(field),
    numeric,
    width: id === STARTED ? 160 : usualWidth(note ? `${title} ${note}` : title, numeric, longest),
    firstDown: higher,
    filtered: filters.value.has(id),
    value: (row) => cellOfRow(field, row),
    render: (row) => renderCell(field, row),
    look: (row) => {
      if (best !== undefined && row.within === null && cellOfRow(field, row) === best) return "best";
      return row.isGroup && field.kind !== "metric" && isSpread(field, row) ? "muted" : undefined;
    },
  };
}

function hintOf({ metric, description, title, over }: Field): string {
  const name = over ? `${over}/${title}` : title;
  const way = metric ? `: ${metricKind(metric)}, ${higherIsBetter(metric.tag) ? "higher" : "lower"} is better` : "";
  return `${name}${way}${description ? `\n${description}` : ""}`;
}

/** Whether a group's sessions have different values. */
const isSpread = (field: Field, row: Row): boolean => new Set(cellsOfRow(field, row)).size > 1;

function textOf(field: Field, row: Row): string {
  const write = (cell: Cell): string => writeCell(field, cell);
  if (row.isGroup && field.kind !== "metric" && isSpread(field, row)) return spanOf(cellsOfRow(field, row), write);
  return write(cellOfRow(field, row));
}

function renderCell(field: Field, row: Row): JSX.Element | null {
  const cell = cellOfRow(field, row);
  if (field.id === STATUS) return <StatusChip status={String(cell)} />;
  const text = textOf(field, row);
  if (!text) return null;
  const all = row.isGroup ? cellsOfRow(field, row) : [];
  const title = row.isGroup ? all.map((one) => writeCell(field, one) || "–").join(", ") : String(cell);
  return (
    <span class="grid-text" title={title.slice(0, 500)}>
      {text}
    </span>
  );
}
