/** t-SNE and UMAP under way: begun, held, shaken, ended; what they have made so far is on the screen. */

import { batch, type Signal, signal } from "@preact/signals";
import { tsne } from "../../projector/tsne";
import type { OnStep, Points, Run, Supervision } from "../../projector/types";
import { umap } from "../../projector/umap";
import { colorBy } from "./coloring";
import { table } from "./columns";
import { prepared, toBase } from "./points";
import {
  epochs,
  isFlat,
  learningRate,
  minDist,
  neighbours,
  perplexity,
  superviseBy,
  superviseWeight,
} from "./settings";

export type Kind = "tsne" | "umap";
export type Phase = "running" | "paused" | "done" | "failed";

export interface Layout {
  /** The points it was begun with. */
  of: Points;
  dims: 2 | 3;
  run: Run | null;
  phase: Phase;
  iteration: number;
  /** `dims` numbers for each point that is laid out; null: none yet. */
  coords: Float32Array | null;
  /** Which points are laid out; null: all. */
  rows: Int32Array | null;
  /** What it is doing, or why it failed. */
  note: string | null;
}

export const layouts: Readonly<Record<Kind, Signal<Layout | null>>> = { tsne: signal(null), umap: signal(null) };

const SEED = 1;

/** Begin anew, with the parameters as they are now. */
export function begin(kind: Kind): void {
  const points = prepared.peek();
  end(kind);
  if (!points || points.count < 2) return;
  const dims = isFlat.peek() ? 2 : 3;
  const now = layouts[kind];
  const layout: Layout = {
    ...{ of: points, dims, run: null, phase: "running", iteration: 0, coords: null, rows: null },
    note: "starting",
  };
  now.value = layout;
  const isCurrent = (): boolean => now.peek()?.of === points && now.peek()?.run === layout.run;
  const change = (change: Partial<Layout>): void => {
    const before = now.peek();
    if (before && isCurrent()) now.value = { ...before, ...change };
  };
  const onStep: OnStep = (iteration, coords, note) => {
    change({ iteration, note, rows: layout.run?.rows ?? null, ...(coords.length ? { coords } : {}) });
  };
  const run = start(kind, points, dims, onStep);
  layout.run = run;
  now.value = { ...layout, rows: run.rows };
  run.done.then(
    () => change({ phase: "done", note: null, iteration: run.iteration, rows: run.rows }),
    (error: unknown) => change({ phase: "failed", note: error instanceof Error ? error.message : String(error) }),
  );
}

function start(kind: Kind, points: Points, dims: 2 | 3, onStep: OnStep): Run {
  const shared = { dims, supervise: supervision(points), seed: SEED };
  if (kind === "tsne") {
    const options = {
      ...shared,
      perplexity: perplexity.peek(),
      learningRate: learningRate.peek() || ("auto" as const),
    };
    return tsne(points, options, onStep);
  }
  const options = { ...shared, neighbours: neighbours.peek(), minDist: minDist.peek(), epochs: epochs.peek() || null };
  return umap(points, options, onStep);
}

/** The classes of a column, as numbers. */
function supervision(points: Points): Supervision | null {
  const rows = table.peek();
  const column = rows?.names.indexOf(superviseBy.peek()) ?? -1;
  const weight = superviseWeight.peek() / 100;
  if (!rows || column < 0 || weight === 0) return null;
  const coloring = colorBy(rows, column, "classes", "light");
  if (coloring.kind !== "classes") return null;
  const codes = new Int32Array(points.count);
  for (let i = 0; i < points.count; i++) codes[i] = coloring.classOf[toBase(i)] ?? -1;
  return { codes, weight };
}

export function hold(kind: Kind): void {
  const now = layouts[kind].peek();
  if (now?.phase !== "running" || !now.run) return;
  now.run.pause();
  layouts[kind].value = { ...now, phase: "paused" };
}

export function goOn(kind: Kind): void {
  const now = layouts[kind].peek();
  if (now?.phase !== "paused" || !now.run) return;
  now.run.resume();
  layouts[kind].value = { ...now, phase: "running" };
}

export function shake(kind: Kind): void {
  const now = layouts[kind].peek();
  if (!now?.run || now.phase === "failed") return;
  now.run.perturb();
  if (now.phase === "paused") goOn(kind);
}

export function end(kind: Kind): void {
  const now = layouts[kind].peek();
  layouts[kind].value = null;
  now?.run?.stop();
}

export function endAll(): void {
  batch(() => {
    end("tsne");
    end("umap");
  });
}

/** Coordinates that a bookmark holds, in place of a run. */
export function put(kind: Kind, of: Points, dims: 2 | 3, coords: Float32Array, iteration: number): void {
  end(kind);
  layouts[kind].value = { of, dims, run: null, phase: "done", iteration, coords, rows: null, note: null };
}
