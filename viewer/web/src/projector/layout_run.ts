/** A layout that a worker computes: started, paused, shaken and ended from the page. */

import type { Matrix } from "./principal";
import type { OnStep, Points, Run, Supervision, TsneOptions, UmapOptions } from "./types";

export type LayoutRequest =
  | { kind: "start"; method: "tsne"; points: Matrix; options: TsneOptions }
  | { kind: "start"; method: "umap"; points: Matrix; options: UmapOptions }
  | { kind: "pause" | "resume" | "perturb" };

export interface LayoutAnswer {
  kind: "step" | "done";
  iteration: number;
  note: string | null;
  coords: Float32Array | null;
}

/** What of `Worker` is used. */
export interface LayoutWorker {
  postMessage(request: LayoutRequest, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<LayoutAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const FAILED = "This frame cannot compute layouts: it may not start workers";

export function startLayoutWorker(): LayoutWorker {
  return new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" }) as unknown as LayoutWorker;
}

/** Indices of `most` points, evenly over all; null if there are not more. */
export function evenSample(count: number, most: number): Int32Array | null {
  if (count <= most) return null;
  return Int32Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1)));
}

export class LayoutRun implements Run {
  readonly done: Promise<void>;
  readonly rows: Int32Array | null;
  private worker: LayoutWorker | null = null;
  private paused = false;
  private steps = 0;
  private end: () => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  constructor(
    points: Points,
    most: number,
    begin: (points: Matrix, rows: Int32Array | null) => LayoutRequest & { kind: "start" },
    private readonly onStep: OnStep,
    start: () => LayoutWorker = startLayoutWorker,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
    this.rows = evenSample(points.count, most);
    const request = begin(picked(points, this.rows), this.rows);
    try {
      this.worker = start();
    } catch {
      this.fail(new Error(FAILED));
      return;
    }
    this.worker.onmessage = ({ data }) => this.take(data);
    this.worker.onerror = (event) => {
      this.let();
      // A worker that ran has a reason of its own.
      this.fail(new Error(this.steps > 0 && event.message ? event.message : FAILED));
    };
    this.worker.postMessage(request);
  }

  get iteration(): number {
    return this.steps;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  pause(): void {
    this.paused = true;
    this.worker?.postMessage({ kind: "pause" });
  }

  resume(): void {
    this.paused = false;
    this.worker?.postMessage({ kind: "resume" });
  }

  perturb(): void {
    this.paused = false;
    this.worker?.postMessage({ kind: "perturb" });
  }

  stop(): void {
    this.let();
    this.end();
  }

  private let(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private take({ kind, iteration, note, coords }: LayoutAnswer): void {
    if (kind === "done") this.end();
    // What was under way when it was paused comes no more to who looks.
    if (!coords || this.paused) return;
    this.steps = iteration;
    this.onStep(iteration, coords, note);
  }
}

/** Those points alone; a copy, since a worker takes a whole buffer with it. */
function picked({ values, count, dims }: Points, rows: Int32Array | null): Matrix {
  if (!rows) return { values: values.slice(), count, dims };
  const kept = new Float32Array(rows.length * dims);
  rows.forEach((row, at) => {
    kept.set(values.subarray(row * dims, (row + 1) * dims), at * dims);
  });
  return { values: kept, count: rows.length, dims };
}

/** What is known of those points alone. */
export function pickedCodes(supervise: Supervision | null, rows: Int32Array | null): Supervision | null {
  if (!supervise || !rows) return supervise;
  return { ...supervise, codes: rows.map((row) => supervise.codes[row] ?? -1) };
}
