/** The open graph: how it got here, what of it is drawn, what was asked of it. */

import { batch, computed, effect, signal } from "@preact/signals";
import { openGraph, openGraphFile } from "../../graphs/open";
import type { Box, GraphModel, LoggedGraph, NodeFacts, View } from "../../graphs/scene";
import { appearance } from "../../state/theme";
import { type Coloring, colorOf, modesOf } from "./coloring";
import { BoxPalette, lookOf } from "./look";
import { SceneIndex } from "./scene_index";
import {
  chosenForm,
  chosenIndex,
  chosenRun,
  chosenTag,
  colorMode,
  direction,
  extracted,
  included,
  opened,
  selected,
  tracing,
  ungrouped,
  unticked,
} from "./settings";

export type Source = { kind: "logged"; graph: LoggedGraph; at: number } | { kind: "file"; file: File };

export type Phase =
  | { kind: "none" }
  /** `hasScene`: an earlier picture of the same graph is still there. */
  | { kind: "busy"; words: string; hasScene: boolean }
  | { kind: "open" }
  | { kind: "failed"; why: string }
  | { kind: "stopped" };

export const source = signal<Source | null>(null);
export const phase = signal<Phase>({ kind: "none" });
export const model = signal<GraphModel | null>(null);
export const index = signal<SceneIndex | null>(null);
export const facts = signal<NodeFacts | null>(null);
/** Paths of what is traced; null while nothing is. */
export const traced = signal<ReadonlySet<string> | null>(null);
/** Something that could not be done, until the next thing is. */
export const remark = signal("");
/** Whether a picture is being made. */
export const saving = signal(false);

/** What the next scene is to be seen like: where the box of this path is kept, or what is gone to. */
export type Aim = { kind: "first" } | { kind: "keep"; path: string } | { kind: "go"; path: string };
export const aim: { now: Aim } = { now: { kind: "first" } };

const view = computed<View>(() => ({
  expanded: opened.value,
  extracted: extracted.value,
  included: included.value,
  ungrouped: ungrouped.value,
  direction: direction.value,
}));

export const mode = computed(() => {
  const overview = model.value?.overview;
  return overview && modesOf(overview).includes(colorMode.value) ? colorMode.value : "none";
});

export const coloring = computed<Coloring | null>(() => {
  const overview = model.value?.overview;
  if (!overview) return null;
  return { mode: mode.value, overview, appearance: appearance.value, unticked: unticked.value };
});

export const palette = computed<BoxPalette | null>(() => {
  if (!coloring.value) return null;
  const lit = traced.value;
  const isLit = (box: Box): boolean => lit === null || lit.has(box.path);
  const saying = mode.value === "time" || mode.value === "memory" ? "amounts" : "kinds";
  return new BoxPalette(lookOf(appearance.value), colorOf(coloring.value), isLit, saying);
});

export const selectedBox = computed<Box | null>(() => index.value?.boxFor(selected.value) ?? null);

/** Grows with every graph that is opened; an answer about an earlier one counts no more. */
let turn = 0;
let reading = new AbortController();
/** The view of the scene that is shown. */
let shownView: View | null = null;

const wordsOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
const isOvertaken = (reason: unknown): boolean => reason instanceof Error && reason.name === "AbortError";

function setView(next: View): void {
  batch(() => {
    opened.value = next.expanded;
    extracted.value = next.extracted;
    included.value = next.included;
    ungrouped.value = next.ungrouped;
    direction.value = next.direction;
  });
}

/** Forget what was open and chosen of the graph before. */
function forgetView(): void {
  batch(() => {
    for (const list of [opened, extracted, included, ungrouped]) list.value = [];
    selected.value = "";
    tracing.value = "off";
    unticked.value = new Set();
  });
}

/** Show a graph that somebody chose. */
export function choose(graph: LoggedGraph, at: number): void {
  batch(() => {
    forgetView();
    chosenRun.value = graph.run;
    chosenTag.value = graph.tag;
    chosenForm.value = graph.form;
    chosenIndex.value = at === graph.step.length - 1 ? "" : String(graph.first + at);
    source.value = { kind: "logged", graph, at };
  });
  void open();
}

/** Show the graph of the address, with what is open there. */
export function restore(graph: LoggedGraph, at: number): void {
  source.value = { kind: "logged", graph, at };
  void open();
}

export function chooseFile(file: File): void {
  batch(() => {
    forgetView();
    source.value = { kind: "file", file };
  });
  void open();
}

export function close(): void {
  turn += 1;
  reading.abort();
  model.peek()?.close();
  batch(() => {
    model.value = null;
    index.value = null;
    facts.value = null;
    traced.value = null;
    remark.value = "";
    phase.value = { kind: "none" };
  });
  shownView = null;
}

/** Read the source anew. */
export async function open(): Promise<void> {
  const from = source.peek();
  close();
  if (!from) return;
  const mine = turn;
  reading = new AbortController();
  phase.value = { kind: "busy", words: "Reading the graph…", hasScene: false };
  try {
    const made =
      from.kind === "file"
        ? await openGraphFile(from.file, reading.signal)
        : await openGraph(from.graph.run, from.graph.tag, from.graph.first + from.at, reading.signal);
    if (mine !== turn) {
      made.close();
      return;
    }
    aim.now = { kind: "first" };
    batch(() => {
      if (opened.peek().length === 0) opened.value = made.overview.initial;
      model.value = made;
    });
  } catch (reason) {
    if (mine === turn) phase.value = { kind: "failed", why: wordsOf(reason) };
  }
}

/** Let go of what is under way: of the layout, back to the picture before; of the reading, altogether. */
export function cancel(): void {
  const graph = model.peek();
  if (graph && shownView && index.peek()) {
    setView(shownView);
    phase.value = { kind: "open" };
    // What is overtaken ends.
    graph.layout(shownView).catch(() => undefined);
    return;
  }
  close();
  phase.value = { kind: "stopped" };
}

effect(() => {
  const [graph, wanted] = [model.value, view.value];
  if (graph) void layOut(graph, wanted);
});

async function layOut(graph: GraphModel, wanted: View): Promise<void> {
  if (shownView && sameView(shownView, wanted)) {
    if (phase.peek().kind === "busy") phase.value = { kind: "open" };
    return;
  }
  const mine = turn;
  phase.value = { kind: "busy", words: "Laying the graph out…", hasScene: index.peek() !== null };
  try {
    const scene = await graph.layout(wanted);
    if (mine !== turn || view.peek() !== wanted) return;
    batch(() => {
      shownView = wanted;
      index.value = new SceneIndex(scene, wanted.direction);
      phase.value = { kind: "open" };
    });
  } catch (reason) {
    if (mine !== turn || isOvertaken(reason) || view.peek() !== wanted) return;
    if (shownView && shownView !== wanted) {
      const before = shownView;
      setView(before);
      remark.value = wordsOf(reason);
    } else {
      phase.value = { kind: "failed", why: wordsOf(reason) };
    }
  }
}

const sameView = (a: View, b: View): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Ask about the chosen box, and give the answer if nothing else was chosen meanwhile. */
function asking<T>(ask: (graph: GraphModel) => Promise<T> | null, give: (answer: T | null) => void): void {
  let latest = 0;
  effect(() => {
    const graph = model.value;
    const asked = graph && ask(graph);
    const mine = ++latest;
    if (!asked) {
      give(null);
      return;
    }
    asked.then(
      (answer) => {
        if (mine === latest) give(answer);
      },
      (reason) => {
        if (mine !== latest || isOvertaken(reason)) return;
        give(null);
        remark.value = wordsOf(reason);
      },
    );
  });
}

asking(
  (graph) => (selected.value ? graph.facts(selected.value) : null),
  (answer) => {
    facts.value = answer;
  },
);

asking(
  (graph) => (selected.value && tracing.value !== "off" ? graph.trace(selected.value, tracing.value) : null),
  (answer) => {
    traced.value = answer && new Set([...answer, selected.peek()]);
  },
);
