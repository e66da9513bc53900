/** Files that a person chose, read in a worker. */

import { FileError, type Loaded } from "./types";

export interface TsvRequest {
  vectors: Blob | string;
  metadata: Blob | string | null;
}

export type TsvAnswer = { loaded: Loaded } | { error: string };

const FAILED = "Files cannot be read in this frame: it may not start workers";

/** Rejects with a `FileError` that says line and column. */
export function parseTsv(vectors: Blob | string, metadata: Blob | string | null = null): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = new Worker(new URL("./tsv.worker.ts", import.meta.url), { type: "module" });
    } catch {
      reject(new FileError(FAILED));
      return;
    }
    worker.onmessage = ({ data }: MessageEvent<TsvAnswer>) => {
      worker.terminate();
      if ("error" in data) reject(new FileError(data.error));
      else resolve(data.loaded);
    };
    worker.onerror = () => {
      worker.terminate();
      reject(new FileError(FAILED));
    };
    worker.postMessage({ vectors, metadata } satisfies TsvRequest);
  });
}
