/** Reads files that a person chose, away from the page. */

import type { TsvAnswer, TsvRequest } from "./tsv";
import { readFiles } from "./tsv_files";

addEventListener("message", async ({ data }: MessageEvent<TsvRequest>) => {
  try {
    const loaded = await readFiles(data.vectors, data.metadata);
    postMessage({ loaded } satisfies TsvAnswer, { transfer: [loaded.points.values.buffer] });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies TsvAnswer);
  }
});
