/** Which points are shown: a tensor of the log at one of its steps, or files that a person opened. */

import { batch, computed, signal } from "@preact/signals";
import { loadEmbedding } from "../../projector/load";
import type { EmbeddingInfo, FirstPicture, Loaded } from "../../projector/types";
import { compareNatural } from "../../runs/natural";
import { shownRuns } from "../../state/runs";
import { chosenRun, chosenStep, chosenTag } from "./settings";

/** What the log names; null until it has said. */
export const infos = signal<readonly EmbeddingInfo[] | null>(null);

/** A tensor with its steps, in order. */
export interface Tensor {
  run: string;
  tag: string;
  /** Never empty. */
  steps: readonly EmbeddingInfo[];
}

export const tensors = computed<readonly Tensor[]>(() => {
  const shown = new Set(shownRuns.value.map(({ name }) => name));
  const found = new Map<string, { run: string; tag: string; steps: EmbeddingInfo[] }>();
  for (const info of infos.value ?? []) {
    // A directory that only holds points is no run of the list, which can hide none but its own.
    if (!shown.has(info.run) && isListed(info.run)) continue;
    const key = JSON.stringify([info.run, info.tag]);
    const tensor = found.get(key) ?? { run: info.run, tag: info.tag, steps: [] };
    tensor.steps.push(info);
    found.set(key, tensor);
  }
  const all = [...found.values()].sort((a, b) => compareNatural(a.run, b.run) || compareNatural(a.tag, b.tag));
  for (const { steps } of all) steps.sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  return all;
});

const isListed = (run: string): boolean => allRunNames.value.has(run);
const allRunNames = computed(() => new Set(runsOfLog.value));

/** The runs of the list, whether ticked or not; set by the page. */
export const runsOfLog = signal<readonly string[]>([]);

export const tensor = computed<Tensor | null>(() => {
  const all = tensors.value;
  const isChosen = (one: Tensor): boolean => one.run === chosenRun.value && one.tag === chosenTag.value;
  return (
    all.find(isChosen) ??
    all.find(({ run }) => run === chosenRun.value) ??
    all.find(({ steps }) => steps.some(({ problem }) => problem === null)) ??
    all[0] ??
    null
  );
});

/** Place of the chosen step; without one of the latest. */
export const stepIndex = computed<number>(() => {
  const steps = tensor.value?.steps ?? [];
  const wanted = chosenStep.value;
  if (wanted === null) return Math.max(0, steps.length - 1);
  let best = 0;
  steps.forEach(({ step }, i) => {
    if ((step ?? 0) <= wanted) best = i;
  });
  return best;
});

export const chosen = computed<EmbeddingInfo | null>(() => tensor.value?.steps[stepIndex.value] ?? null);

export const keyOf = (info: EmbeddingInfo): string => JSON.stringify([info.run, info.name]);

/** Points that are here. */
export interface Base {
  key: string;
  /** In words: the tensor, or the file. */
  title: string;
  /** Of which tensor it is a step; null: files. */
  family: string | null;
  loaded: Loaded;
  /** Size of a point's picture. */
  cell: { width: number; height: number } | null;
}

export const base = signal<Base | null>(null);
/** Drawn until the points are here. */
export const first = signal<{ key: string; picture: FirstPicture } | null>(null);
/** Why the chosen points cannot be shown, in words. */
export const failure = signal<string | null>(null);
export const isLoading = signal(false);
/** Files that were opened; null: the log is shown. */
export const opened = signal<Base | null>(null);

let asked = "";

/** Read what is chosen, unless it is here or on its way. What was shown stays until the new points come. */
export function loadChosen(info: EmbeddingInfo | null): void {
  const key = info ? keyOf(info) : "";
  if (key === asked) return;
  asked = key;
  if (!info || info.problem !== null) {
    batch(() => {
      base.value = null;
      first.value = null;
      isLoading.value = false;
      failure.value = info?.problem ?? null;
    });
    return;
  }
  isLoading.value = true;
  failure.value = null;
  const loading = loadEmbedding(info);
  loading.first.then(
    (picture) => {
      if (asked === key) first.value = { key, picture };
    },
    // `whole` says the same.
    () => undefined,
  );
  loading.whole.then(
    (loaded) => {
      if (asked !== key) return;
      batch(() => {
        isLoading.value = false;
        base.value = {
          key,
          title: info.name,
          family: JSON.stringify([info.run, info.tag]),
          loaded,
          cell: info.sprite,
        };
      });
    },
    (error: unknown) => {
      if (asked !== key) return;
      batch(() => {
        isLoading.value = false;
        base.value = null;
        first.value = null;
        failure.value = error instanceof Error ? error.message : String(error);
      });
      // Asked for again when the log has changed.
      asked = "";
    },
  );
}

let openedFiles = 0;

/** Show points of files instead of the log's. */
export function showFiles(title: string, loaded: Loaded): void {
  asked = `files ${++openedFiles}`;
  const made: Base = { key: asked, title, family: null, loaded, cell: null };
  batch(() => {
    failure.value = null;
    isLoading.value = false;
    first.value = null;
    opened.value = made;
    base.value = made;
  });
}

/** Back to the log. */
export function closeFiles(): void {
  batch(() => {
    opened.value = null;
    base.value = null;
    asked = "";
  });
  loadChosen(chosen.peek());
}
