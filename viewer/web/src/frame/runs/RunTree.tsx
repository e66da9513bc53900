import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isFolderOpen, rows, soloFolder, toggleFolder, toggleFolderRuns } from "../../state/run_list";
import { listedRuns, runFilter, soloRun, toggleRun } from "../../state/runs";
import { VirtualRows } from "../../ui/VirtualRows";
import { activeIndex, goToRow, keyOf } from "./active_row";
import { FolderRow } from "./FolderRow";
import { closePanel, openPanel } from "./panels";
import { RunRow } from "./RunRow";

const ROW_HEIGHT = 28;
const PAGE_ROWS = 15;

/** The rows of the list, of which only those on the screen are drawn; keys work as in any tree. */
export function RunTree(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const all = rows.value;
  const active = activeIndex.value;
  const listed = listedRuns.value;
  const query = runFilter.text.value;
  // What a filter finds is seen from its first row on.
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [query]);

  const go = (index: number): void => {
    goToRow(index);
    reveal(box.current, activeIndex.peek());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const act = actionOf(event.key, event.shiftKey, active, go, box.current);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <VirtualRows
      rowHeight={ROW_HEIGHT}
      count={all.length}
      boxRef={box}
      onScroll={closePanel}
      attributes={{
        role: "tree",
        tabIndex: 0,
        "aria-label": "Runs",
        "aria-activedescendant": all.length ? `run-row-${active}` : undefined,
        "data-testid": "run-tree",
        onKeyDown,
      }}
      render={(index) => {
        const row = all[index];
        if (!row) return null;
        const place = { index, row, isActive: index === active };
        if (row.node.kind === "folder") return <FolderRow key={keyOf(row.node)} folder={row.node} {...place} />;
        const run = listed[row.node.run];
        return run ? <RunRow key={run.name} run={run} node={row.node} {...place} /> : null;
      }}
    />
  );
}

/** Scroll so that the row is whole on the screen. */
function reveal(box: HTMLElement | null, index: number): void {
  if (!box) return;
  const [top, bottom] = [index * ROW_HEIGHT, (index + 1) * ROW_HEIGHT];
  if (top < box.scrollTop) box.scrollTop = top;
  else if (bottom > box.scrollTop + box.clientHeight - 8) box.scrollTop = bottom - box.clientHeight + 8;
}

type Act = () => void;

function actionOf(
  key: string,
  shift: boolean,
  active: number,
  go: (index: number) => void,
  box: HTMLElement | null,
): Act | undefined {
  const all = rows.peek();
  const row = all[active];
  if (!row) return undefined;
  const { node } = row;
  const folder = node.kind === "folder" ? node : null;
  const run = node.kind === "run" ? (listedRuns.peek()[node.run]?.name ?? "") : "";
  const open = folder !== null && isFolderOpen(folder.path);
  const anchor = box?.querySelector<HTMLElement>(`#run-row-${active}`) ?? box;
  switch (key) {
    case "ArrowDown":
      return () => go(active + 1);
    case "ArrowUp":
      return () => go(active - 1);
    case "PageDown":
      return () => go(active + PAGE_ROWS);
    case "PageUp":
      return () => go(active - PAGE_ROWS);
    case "Home":
      return () => go(0);
    case "End":
      return () => go(all.length - 1);
    case "ArrowRight":
      return folder ? () => (open ? go(active + 1) : toggleFolder(folder.path)) : () => undefined;
    case "ArrowLeft":
      if (folder && open) return () => toggleFolder(folder.path);
      return () => go(row.parent < 0 ? active : row.parent);
    case " ":
      return () => (folder ? toggleFolderRuns(folder) : toggleRun(run));
    case "Enter":
      return () => (folder ? soloFolder(folder) : soloRun(run));
    case "c":
      return !folder && anchor ? () => show({ kind: "color", run, anchor }) : undefined;
    case "ContextMenu":
    case "F10":
      if (!anchor || (key === "F10" && !shift)) return undefined;
      return () => show({ kind: "menu", run: folder ? null : run, folder: folder?.path ?? null, anchor });
    default:
      return undefined;
  }
}

const show = (panel: NonNullable<typeof openPanel.value>): void => {
  openPanel.value = panel;
};
