/** Has a worker compute what takes up to some seconds. It keeps the points that it was asked about last. */

import type { Matrix, Principal } from "./principal";
import type { Metric, Neighbours, Points } from "./types";

export type ShortJob =
  | { kind: "pca"; components: number }
  | { kind: "nearest"; index: number; k: number; metric: Metric };

export interface ShortRequest {
  id: number;
  /** Null: those of the last request. */
  points: Matrix | null;
  job: ShortJob;
}

export type ShortAnswer = { id: number } & (({ kind: "pca" } & Principal) | ({ kind: "nearest" } & Neighbours));

const FAILED = "This frame cannot compute: it may not start workers";

interface Waiting {
  resolve(answer: ShortAnswer): void;
  reject(error: Error): void;
}

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();
/** Points are never changed, so those that are the same object are the same. */
let kept: Float32Array | null = null;

export function shortWork(points: Points, job: ShortJob): Promise<ShortAnswer> {
  return new Promise((resolve, reject) => {
    const { values, count, dims } = points;
    try {
      worker ??= start();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, points: kept === values ? null : { values, count, dims }, job } satisfies ShortRequest);
      kept = values;
    } catch (error) {
      fail(error);
      reject(new Error(FAILED));
    }
  });
}

function start(): Worker {
  const started = new Worker(new URL("./short.worker.ts", import.meta.url), { type: "module" });
  started.onmessage = (event: MessageEvent<ShortAnswer>) => {
    waiting.get(event.data.id)?.resolve(event.data);
    waiting.delete(event.data.id);
  };
  started.onerror = fail;
  return started;
}

function fail(_why: unknown): void {
  worker?.terminate();
  worker = null;
  kept = null;
  const all = [...waiting.values()];
  waiting.clear();
  for (const { reject } of all) reject(new Error(FAILED));
}
