import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LoggedGraph } from "../../graphs/scene";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import { HangingButton } from "../../ui/table/HangingButton";
import { closeAll, openAll } from "./actions";
import { MODE_WORDS, modesOf } from "./coloring";
import { SearchBox } from "./SearchBox";
import { saveGraph } from "./save_graph";
import { colorMode, direction, legendOpen, mapOpen, opened, panelOpen } from "./settings";
import { choose, index, mode, model, remark, saving, source } from "./state";
import { UploadButton } from "./UploadButton";

/** Which graph, what to look for in it, and how it is drawn. */
export function GraphToolbar({ graphs }: { graphs: readonly LoggedGraph[] }): JSX.Element {
  const graph = model.value;
  return (
    <div class="toolbar graph-toolbar" data-testid="toolbar">
      <GraphChoice graphs={graphs} />
      <SearchBox />
      <div class="toolbar-controls">
        {graph ? (
          <span class="graph-control">
            <span class="control-label graph-roomy">Colour by</span>
            <Select
              label="Colour by"
              choices={modesOf(graph.overview).map((value) => ({ value, text: MODE_WORDS[value] }))}
              value={mode.value}
              testId="graph-color"
              onChange={(value) => {
                colorMode.value = value;
                if (value !== "none") legendOpen.value = true;
              }}
            />
          </span>
        ) : null}
        <span class="graph-buttons">
          <IconButton
            icon="fold"
            label="Open everything"
            testId="graph-open-all"
            disabled={!index.value}
            onClick={() => void openAll("")}
          />
          <IconButton
            icon="unfold"
            label="Close everything"
            testId="graph-close-all"
            disabled={!opened.value.length}
            onClick={closeAll}
          />
          <IconButton
            icon={direction.value === "down" ? "down" : "right"}
            label={direction.value === "down" ? "Lay out from left to right" : "Lay out from top to bottom"}
            testId="graph-way"
            disabled={!index.value}
            onClick={() => {
              direction.value = direction.peek() === "down" ? "right" : "down";
            }}
          />
          <IconButton
            icon="map"
            label={mapOpen.value ? "Hide the map" : "Show the map"}
            pressed={mapOpen.value}
            testId="graph-map-toggle"
            onClick={() => {
              mapOpen.value = !mapOpen.peek();
            }}
          />
          <IconButton
            icon="sidebarRight"
            label={panelOpen.value ? "Hide the panel" : "Show the panel"}
            pressed={panelOpen.value}
            testId="graph-panel-toggle"
            onClick={() => {
              panelOpen.value = !panelOpen.peek();
            }}
          />
        </span>
        {index.value ? <SaveGraph /> : null}
        <UploadButton />
      </div>
    </div>
  );
}

function SaveGraph(): JSX.Element {
  const save = (kind: "svg" | "png", close: () => void): void => {
    close();
    saving.value = true;
    const done = (): void => {
      saving.value = false;
    };
    // A moment later, so that it is said first.
    const made = new Promise((resolve) => setTimeout(resolve, 50)).then(() => saveGraph(kind));
    made.finally(done).catch((reason: unknown) => {
      remark.value = reason instanceof Error ? reason.message : "No picture could be made of this graph";
    });
  };
  return (
    <HangingButton
      text="Save"
      icon="download"
      label="Save the whole graph"
      testId="graph-save"
      render={(close) => (
        <div class="hang-list">
          <button type="button" class="hang-item" data-testid="graph-save-svg" onClick={() => save("svg", close)}>
            As SVG
          </button>
          <button type="button" class="hang-item" data-testid="graph-save-png" onClick={() => save("png", close)}>
            As PNG
          </button>
        </div>
      )}
    />
  );
}

/** Run, graph and step; one that comes out of a file stands in their place. */
function GraphChoice({ graphs }: { graphs: readonly LoggedGraph[] }): JSX.Element | null {
  const from = source.value;
  const last = useSignal<{ graph: LoggedGraph; at: number } | null>(null);
  if (from?.kind === "logged") last.value = from;
  if (from?.kind === "file") {
    return (
      <span class="graph-file" data-testid="graph-file-name">
        <span class="graph-file-name" title={from.file.name}>
          {from.file.name}
        </span>
        {graphs.length ? (
          <IconButton
            icon="close"
            label="Back to the graphs of the log"
            testId="graph-file-close"
            onClick={() => {
              const back = last.peek() ?? { graph: graphs[0] as LoggedGraph, at: 0 };
              choose(back.graph, Math.min(back.at, back.graph.step.length - 1));
            }}
          />
        ) : null}
      </span>
    );
  }
  if (from?.kind !== "logged") return null;
  const { graph, at } = from;
  const runs = [...new Set(graphs.map(({ run }) => run))];
  const ofRun = graphs.filter(({ run }) => run === graph.run);
  const lastOf = (one: LoggedGraph | undefined): void => {
    if (one) choose(one, one.step.length - 1);
  };
  const key = (one: LoggedGraph): string => JSON.stringify([one.tag, one.form]);
  return (
    <>
      <Select
        label="Run"
        choices={runs.map((run) => ({ value: run, text: run || "." }))}
        value={graph.run}
        testId="graph-run"
        onChange={(run) => {
          const there = graphs.filter((one) => one.run === run);
          lastOf(there.find((one) => key(one) === key(graph)) ?? there[0]);
        }}
      />
      {ofRun.length > 1 ? (
        <Select
          label="Graph"
          choices={ofRun.map((one) => ({ value: key(one), text: titleOf(one, ofRun) }))}
          value={key(graph)}
          testId="graph-form"
          onChange={(value) => lastOf(ofRun.find((one) => key(one) === value))}
        />
      ) : null}
      {graph.step.length > 1 ? (
        <Select
          label="Step"
          choices={graph.step.map((step, i) => ({ value: String(i), text: stepWords(graph, step, i) }))}
          value={String(at)}
          testId="graph-step"
          onChange={(value) => choose(graph, Number(value))}
        />
      ) : null}
    </>
  );
}

/** Programs that log a graph again and again often say no step. */
const stepWords = ({ step: all, first }: LoggedGraph, step: number, at: number): string =>
  new Set(all).size === all.length ? `Step ${step}` : `No. ${first + at + 1}`;

/** What it is, and its tag where there are several such. */
function titleOf(graph: LoggedGraph, all: readonly LoggedGraph[]): string {
  const title = graph.title.slice(0, 1).toUpperCase() + graph.title.slice(1);
  const isOne = all.filter(({ form }) => form === graph.form).length === 1;
  return isOne || !graph.tag ? title : `${title}: ${graph.tag.slice(0, 80)}`;
}
