import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { NothingToShow } from "../../frame/NothingToShow";
import { Notice } from "../../frame/Notice";
import { listGraphs } from "../../graphs/open";
import type { LoggedGraph } from "../../graphs/scene";
import { catalog } from "../../state/log";
import { shownRuns } from "../../state/runs";
import { adoptStyle } from "../../ui/adopt_style";
import { IconButton } from "../../ui/IconButton";
import { useResource } from "../../ui/use_resource";
import type { PageProps } from "../dashboard";
import { BoxMenu } from "./BoxMenu";
import { describeGraph } from "./describe";
import { drawnGraph } from "./drawn";
import { fitAll, GraphCanvas, zoomIn, zoomOut } from "./GraphCanvas";
import { GraphToolbar } from "./GraphToolbar";
import style from "./graphs.css?inline";
import { Legend } from "./Legend";
import { Minimap } from "./Minimap";
import { SidePanel } from "./SidePanel";
import { chosenForm, chosenIndex, chosenRun, chosenTag, selected } from "./settings";
import { cancel, chooseFile, index, open, phase, remark, restore, saving, source } from "./state";
import { FILE_KINDS, UploadButton } from "./UploadButton";

adoptStyle(style);

/** The graph of a model: its scopes as boxes that open, its tensors as lines between them. */
export function GraphsPage({ dashboard }: PageProps): JSX.Element {
  const near = useSignal(true);
  const dropping = useSignal(false);
  const { value: listed, error } = useResource(near, () => (signal) => listGraphs([], signal));
  const all = listed.value?.graphs;
  useSignalEffect(() => {
    const known = listed.value?.graphs;
    if (!known || source.value) return;
    const [graph, at] = fromAddress(known) ?? [];
    if (graph && at !== undefined) restore(graph, at);
  });
  useEffect(() => {
    drawnGraph.describe = describeGraph;
    return () => {
      drawnGraph.describe = null;
    };
  }, []);
  useLayoutEffect(() => catchDrops(dropping), []);
  const hasGraph = source.value !== null;
  const isEmpty = !hasGraph && (all?.length === 0 || !catalog.value || dashboard.count(catalog.value) === 0);
  return (
    <div class="graph-page" data-phase={phase.value.kind}>
      <GraphToolbar graphs={all ?? []} />
      <div class="graph-body">
        {error.value && !hasGraph ? (
          <Notice title="The graphs could not be read">
            <p>{error.value}</p>
          </Notice>
        ) : isEmpty ? (
          <div class="graph-empty">
            <NothingToShow dashboard={dashboard} />
            <p class="graph-empty-file">
              or <UploadButton words="open a file" /> {FILE_KINDS.join(", ")}; one can also be dropped here.
            </p>
          </div>
        ) : (
          <Drawing />
        )}
        {dropping.value ? (
          <div class="graph-drop" data-testid="graph-drop">
            Drop a graph here: {FILE_KINDS.join(", ")}
          </div>
        ) : null}
      </div>
      <BoxMenu />
    </div>
  );
}

function Drawing(): JSX.Element {
  const now = phase.value;
  const hasScene = index.value !== null;
  return (
    <>
      <div class="graph-main">
        {hasScene ? (
          <>
            <GraphCanvas />
            <div class="graph-zoom">
              <IconButton icon="plus" label="Nearer" testId="graph-zoom-in" onClick={zoomIn} />
              <IconButton icon="minus" label="Further" testId="graph-zoom-out" onClick={zoomOut} />
              <IconButton icon="full" label="The whole graph" testId="graph-fit" onClick={fitAll} />
            </div>
            <Legend />
            <Minimap />
          </>
        ) : null}
        <Progress />
        {now.kind === "failed" ? (
          <Notice title="This graph cannot be drawn" testId="graph-failed">
            <p>{now.why}</p>
            <p class="graph-again">
              <button type="button" class="button" onClick={() => void open()}>
                Try again
              </button>
              <UploadButton words="Open a file" />
            </p>
          </Notice>
        ) : null}
        {now.kind === "stopped" ? (
          <Notice title="Stopped" testId="graph-stopped">
            <p>The graph was not opened to the end.</p>
            <button type="button" class="button" onClick={() => void open()}>
              Open it
            </button>
          </Notice>
        ) : null}
        <Remarks />
      </div>
      {hasScene ? <SidePanel /> : null}
    </>
  );
}

/** What is a moment's work is not worth a word. */
const PATIENCE_MS = 250;

function Progress(): JSX.Element | null {
  const late = useSignal(false);
  const now = phase.value;
  const isBusy = now.kind === "busy";
  useEffect(() => {
    late.value = false;
    if (!isBusy) return;
    const timer = setTimeout(() => {
      late.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isBusy]);
  if (saving.value) {
    return (
      <div class="graph-busy above">
        <div class="graph-busy-box" role="status">
          <span class="spinner" />
          Making the picture…
        </div>
      </div>
    );
  }
  if (now.kind !== "busy") return null;
  return (
    <div class={now.hasScene ? "graph-busy above" : "graph-busy"} aria-busy="true" data-testid="graph-busy">
      {late.value ? (
        <div class="graph-busy-box" role="status">
          <span class="spinner" />
          {now.words}
          <button type="button" class="link-button" data-testid="graph-cancel" onClick={cancel}>
            Cancel
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** What could not be done, and what is drawn otherwise than usual. */
function Remarks(): JSX.Element {
  const notes = index.value?.scene.notes ?? [];
  return (
    <div class="graph-remarks" role="status" aria-live="polite">
      {remark.value ? (
        <p class="graph-remark strong" data-testid="graph-remark">
          <span>{remark.value}</span>
          <IconButton
            icon="close"
            label="Close"
            onClick={() => {
              remark.value = "";
            }}
          />
        </p>
      ) : null}
      {notes.map((note) => (
        <p key={note} class="graph-remark" data-testid="graph-scene-note">
          {note}
        </p>
      ))}
    </div>
  );
}

/** The graph that the address names, or else the first of the runs that are ticked. */
function fromAddress(all: readonly LoggedGraph[]): [LoggedGraph, number] | null {
  const [run, tag, form] = [chosenRun.peek(), chosenTag.peek(), chosenForm.peek()];
  const isMeant = (one: LoggedGraph): boolean =>
    one.run === run && (!tag || one.tag === tag) && (!form || one.form === form);
  const named = all.find(isMeant);
  const ticked = new Set(shownRuns.peek().map(({ name }) => name));
  const graph = named ?? all.find((one) => ticked.has(one.run)) ?? all[0];
  if (!graph) return null;
  if (!named && run) selected.value = "";
  const at = Number(chosenIndex.peek() || Number.NaN) - graph.first;
  return [graph, Number.isInteger(at) && at >= 0 && at < graph.step.length ? at : graph.step.length - 1];
}

/** Files may be dropped anywhere on the page. */
function catchDrops(dropping: { value: boolean }): () => void {
  const main = document.querySelector<HTMLElement>("main");
  if (!main) return () => undefined;
  const listening = new AbortController();
  const { signal } = listening;
  const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (event: DragEvent): void => {
    if (!isFile(event)) return;
    event.preventDefault();
    dropping.value = true;
  };
  main.addEventListener("dragenter", over, { signal });
  main.addEventListener("dragover", over, { signal });
  main.addEventListener(
    "dragleave",
    (event) => {
      if (!main.contains(event.relatedTarget as Node | null)) dropping.value = false;
    },
    { signal },
  );
  main.addEventListener(
    "drop",
    (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      dropping.value = false;
      const file = event.dataTransfer?.files[0];
      if (file) chooseFile(file);
    },
    { signal },
  );
  return () => listening.abort();
}
