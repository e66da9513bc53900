import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { NothingToShow } from "../../frame/NothingToShow";
import { higherIsBetter } from "../../state/directions";
import { catalog, connection, revision, status } from "../../state/log";
import { MetricColumns } from "../../state/metric_columns";
import { isSelected, type ShownRun, selection, soloRun, toggleRun } from "../../state/runs";
import type { TextTable } from "../../table/export";
import { withMoved } from "../../table/order";
import { nextSort, sortRows } from "../../table/sort";
import type { Column, RowHead } from "../../ui/table/column";
import { DataTable } from "../../ui/table/DataTable";
import { RunName } from "../../ui/table/RunName";
import { rememberedWidths } from "../../ui/table/widths_state";
import type { PageProps } from "../dashboard";
import { ColumnMenu } from "./ColumnMenu";
import { columnOf, tableRuns, tags } from "./columns";
import { type DescribedTable, drawnTable } from "./drawn";
import { bestOf } from "./relation";
import { atStep, baseline, kindOf, order, sort } from "./settings";
import { TableToolbar } from "./TableToolbar";

const RUN = "run";
const widths = rememberedWidths("table");

const head: RowHead<ShownRun> = {
  id: RUN,
  title: "Run",
  width: 240,
  text: (run) => run.name,
  render: (run) => (
    <RunName run={run.name}>
      <button
        type="button"
        class="row-tool"
        tabIndex={-1}
        title="Show how the others differ from this run"
        aria-label={`Compare with ${run.name}`}
        onClick={() => {
          baseline.value = run.name;
        }}
      >
        baseline
      </button>
    </RunName>
  ),
};

/** Runs and metrics: one value for each, the best of a metric marked. */
export function TablePage({ dashboard }: PageProps): JSX.Element {
  const store = useMemo(() => new MetricColumns(), []);
  useEffect(() => () => store.close(), []);
  const onScreen = useSignal<readonly string[]>([]);
  useSignalEffect(() => {
    connection.value;
    const sorted = sort.value.map(({ id }) => id).filter((id) => id !== RUN);
    const wanted = [...new Set([...onScreen.value, ...sorted])];
    store.want(
      wanted.map((tag) => ({ tag, kind: kindOf(tag) })),
      revision.value,
      atStep.value,
    );
  });
  const columns = useComputed(() => {
    store.changed.value;
    const runs = tableRuns.value;
    const known = new Map<string, number | undefined>();
    const best = (tag: string): number | undefined => {
      if (!known.has(tag)) {
        const cells = runs.map((run) => store.value(run.name, tag, kindOf(tag)));
        known.set(tag, bestOf(cells, higherIsBetter(tag)));
      }
      return known.get(tag);
    };
    return tags.value.map((tag) => columnOf(tag, store, best));
  });
  const rows = useComputed(() => {
    const byId = new Map(columns.value.map((column) => [column.id, column.value]));
    return sortRows(tableRuns.value, sort.value, (id) => (id === RUN ? (run) => run.name : byId.get(id)));
  });
  useEffect(() => {
    drawnTable.describe = () => ({
      complete: status.peek()?.state === "ready" && store.isFresh,
      ...describeTable(rows.peek(), columns.peek()),
    });
    return () => {
      drawnTable.describe = null;
    };
  }, []);

  const text = async (): Promise<TextTable> => {
    const wanted = tags.peek().map((tag) => ({ tag, kind: kindOf(tag) }));
    store.want(wanted, revision.peek(), atStep.peek());
    await store.whenKnown(wanted);
    const all = columns.peek();
    return {
      head: ["run", ...all.map((column) => (column.note ? `${column.id} (${column.note})` : column.id))],
      rows: rows.peek().map((run) => [run.name, ...all.map((column) => column.value(run))]),
    };
  };
  const natural = catalog.value?.tags.scalars ?? [];
  const isEmpty = rows.value.length === 0 || columns.value.length === 0;
  return (
    <div class="table-page">
      <TableToolbar table={text} />
      {isEmpty ? (
        <NothingToShow dashboard={dashboard} />
      ) : (
        <DataTable
          label="Runs and metrics"
          testId="table"
          head={head}
          columns={columns.value}
          rows={rows.value}
          rowKey={(run) => run.name}
          sort={sort.value}
          onSort={(id, more) => {
            sort.value = nextSort(sort.peek(), id, id !== RUN && higherIsBetter(id), more);
          }}
          widths={widths}
          onMove={(id, before) => {
            order.value = withMoved(natural, order.peek(), id, before);
          }}
          menu={(column, close) => <ColumnMenu tag={column.id} tags={tags.value} natural={natural} close={close} />}
          rowLook={(run) =>
            `${isSelected(selection.value, run.name) ? "" : "off"} ${run.name === baseline.value ? "pinned" : ""}`
          }
          onRowClick={(run) => toggleRun(run.name)}
          onRowDblClick={(run) => soloRun(run.name)}
          onRowToggle={(run) => toggleRun(run.name)}
          onColumnsShown={(ids) => {
            onScreen.value = ids;
          }}
        />
      )}
    </div>
  );
}

function describeTable(
  rows: readonly ShownRun[],
  columns: readonly Column<ShownRun>[],
): Omit<DescribedTable, "complete"> {
  const told = columns.map((column) => ({
    id: column.id,
    cells: rows.map((run) => column.value(run)),
    best: rows.filter((run) => column.look?.(run) === "best").map((run) => run.name),
  }));
  return {
    rows: rows.map((run) => run.name),
    columns: told.map(({ id }) => id),
    cells: Object.fromEntries(told.map(({ id, cells }) => [id, cells])),
    best: Object.fromEntries(told.map(({ id, best }) => [id, best])),
  };
}
