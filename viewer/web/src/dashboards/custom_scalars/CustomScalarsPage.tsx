import { useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { LayoutChart } from "../../api/layout";
import { EmptyLog } from "../../frame/EmptyLog";
import { Notice } from "../../frame/Notice";
import { saved } from "../../saved/saved";
import { catalog, revision } from "../../state/log";
import { Icon } from "../../ui/Icon";
import { Menu, type MenuItem } from "../../ui/Menu";
import type { PageProps } from "../dashboard";
import { ScalarToolbar } from "../scalars/ScalarToolbar";
import { ScalarTooltip } from "../scalars/ScalarTooltip";
import { ChartDialog } from "./ChartDialog";
import { CustomCard } from "./CustomCard";
import {
  beforeDelete,
  deleteChart,
  layout,
  loadLayout,
  moveChart,
  neighbourOf,
  putChart,
  takeBackDelete,
  trouble,
} from "./layout_state";
import { isOpen, turn } from "./settings";

const NEW: LayoutChart = { title: "", section: "", tags: [], margins: [] };

/** A page that was saved to a file has no viewer to keep anything. */
const canChange = saved === null;

interface Editing {
  chart: LayoutChart;
  /** Null: a new one. */
  at: number | null;
}

/** Charts by layout: those that a person made here, then those that were logged. */
export function CustomScalarsPage({ dashboard }: PageProps): JSX.Element {
  const editing = useSignal<Editing | null>(null);
  useSignalEffect(() => {
    revision.value;
    const abort = new AbortController();
    void loadLayout(abort.signal);
    return () => abort.abort();
  });
  const found = layout.value;
  const edit = (chart: LayoutChart, at: number | null): void => {
    editing.value = { chart, at };
  };
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="View">
        {canChange ? (
          <button
            type="button"
            class="button"
            data-testid="new-chart"
            disabled={!found}
            onClick={() => edit(NEW, null)}
          >
            New chart
          </button>
        ) : null}
        <div class="toolbar-controls">
          <ScalarToolbar />
        </div>
      </div>
      <Messages />
      <div class="groups" data-kind="scalars" style={{ "--card-width": "400px" }}>
        {found && (found.charts.length || found.logged.length) ? (
          <Sections charts={found.charts} edit={edit} />
        ) : (
          <Nothing call={dashboard.call} loading={!found} />
        )}
      </div>
      {editing.value ? (
        <ChartDialog
          chart={editing.value.chart}
          title={editing.value.at === null ? "New chart" : "Edit chart"}
          onSave={(chart) => putChart(chart, editing.peek()?.at ?? null)}
          onClose={() => {
            editing.value = null;
          }}
        />
      ) : null}
      <ScalarTooltip />
    </>
  );
}

function Sections({ charts, edit }: { charts: readonly LayoutChart[]; edit: Edit }): JSX.Element {
  const sections = new Map<string, number[]>();
  charts.forEach((chart, at) => {
    const section = chart.section ?? "";
    sections.set(section, [...(sections.get(section) ?? []), at]);
  });
  const found = layout.value;
  return (
    <>
      {[...sections].map(([title, members]) => (
        <Section key={`own ${title}`} id={`own:${title}`} title={title || "My charts"} count={members.length}>
          {members.map((at) => {
            const chart = charts[at] as LayoutChart;
            const id = `custom:own:${at}:${chart.title}`;
            return (
              <CustomCard
                key={id}
                id={id}
                chart={chart}
                actions={canChange ? <OwnMenu at={at} chart={chart} edit={edit} /> : null}
              />
            );
          })}
        </Section>
      ))}
      {found?.logged.map(({ title, closed, charts: logged }) => (
        <Section
          key={`logged ${title}`}
          id={`logged:${title}`}
          title={title || "Untitled"}
          count={logged.length}
          closed={closed}
        >
          {logged.map((chart, at) => {
            const id = `custom:${title}:${at}:${chart.title}`;
            return (
              <CustomCard
                key={id}
                id={id}
                chart={chart}
                actions={canChange ? <LoggedMenu chart={chart} edit={edit} /> : null}
              />
            );
          })}
        </Section>
      ))}
      {found?.left_out ? <p class="hint">{found.left_out} more charts were logged than are shown here.</p> : null}
    </>
  );
}

interface SectionProps {
  id: string;
  title: string;
  count: number;
  closed?: boolean;
  children: ComponentChildren;
}

function Section({ id, title, count, closed = false, children }: SectionProps): JSX.Element {
  const open = isOpen(id, closed);
  return (
    <section class="group" data-testid="layout-section" data-section={title}>
      <button type="button" class="group-head" aria-expanded={open} data-testid="group-toggle" onClick={() => turn(id)}>
        <Icon name="chevron" size={14} />
        <span class="group-name">{title}</span>
        <span class="count">{count}</span>
      </button>
      {open ? <div class="cards">{children}</div> : null}
    </section>
  );
}

type Edit = (chart: LayoutChart, at: number | null) => void;

/** What can be done with a chart that was made here. */
function OwnMenu({ at, chart, edit }: { at: number; chart: LayoutChart; edit: Edit }): JSX.Element {
  const charts = layout.value?.charts ?? [];
  const moves: MenuItem[] = [];
  if (neighbourOf(charts, at, -1) !== null) {
    moves.push({ key: "before", text: "Move forward", testId: "chart-before", choose: () => moveChart(at, -1) });
  }
  if (neighbourOf(charts, at, 1) !== null) {
    moves.push({ key: "after", text: "Move back", testId: "chart-after", choose: () => moveChart(at, 1) });
  }
  const copy = { ...chart, title: `${chart.title} (copy)` };
  const sections = [
    {
      items: [
        { key: "edit", text: "Edit…", testId: "chart-edit", choose: () => edit(chart, at) },
        { key: "copy", text: "Duplicate…", testId: "chart-copy", choose: () => edit(copy, null) },
      ],
    },
    { items: moves },
    { items: [{ key: "delete", text: "Delete", testId: "chart-delete", choose: () => void deleteChart(at) }] },
  ];
  return (
    <Menu label={`Change ${chart.title || "chart"}`} look="icon-button" testId="chart-menu" sections={sections}>
      <Icon name="edit" />
    </Menu>
  );
}

function LoggedMenu({ chart, edit }: { chart: LayoutChart; edit: Edit }): JSX.Element {
  const copy = { ...chart, section: "" };
  const items = [{ key: "copy", text: "Copy to my charts…", testId: "chart-copy", choose: () => edit(copy, null) }];
  return (
    <Menu label={`Copy ${chart.title || "chart"}`} look="icon-button" testId="chart-menu" sections={[{ items }]}>
      <Icon name="edit" />
    </Menu>
  );
}

function Messages(): JSX.Element | null {
  const deleted = beforeDelete.value;
  if (!trouble.value && !deleted) return null;
  return (
    <div class="layout-messages" role="status">
      {trouble.value ? (
        <p class="layout-trouble" data-testid="layout-trouble">
          <Icon name="warning" />
          <span>{trouble.value}</span>
          <button
            type="button"
            class="button"
            onClick={() => {
              trouble.value = null;
            }}
          >
            Close
          </button>
        </p>
      ) : null}
      {deleted ? (
        <p class="layout-deleted" data-testid="layout-deleted">
          <span>Deleted {deleted.title || "a chart"}</span>
          <button type="button" class="button" data-testid="take-back" onClick={() => void takeBackDelete()}>
            Undo
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              beforeDelete.value = null;
            }}
          >
            Close
          </button>
        </p>
      ) : null}
    </div>
  );
}

function Nothing({ call, loading }: { call: string; loading: boolean }): JSX.Element {
  if (loading)
    return <Notice title={trouble.value ? "No layout could be read" : "Reading the layouts…"} busy={!trouble.value} />;
  if (!catalog.value?.runs.length) return <EmptyLog />;
  return (
    <Notice title="No layout in this log yet" testId="no-layout">
      <p>
        A layout says which scalars stand on one chart. Make a chart here, with the button above; it is kept in your
        settings, not in the log. Or log one:
      </p>
      <pre class="snippet">{call}</pre>
    </Notice>
  );
}
