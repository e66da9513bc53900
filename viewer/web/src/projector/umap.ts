/** UMAP in a worker. */

import { LayoutRun, type LayoutWorker, pickedCodes } from "./layout_run";
import type { OnStep, Points, Run, UmapOptions } from "./types";

/** Of more points, an even sample is laid out. */
export const MOST_UMAP = 50_000;

export function umap(points: Points, options: UmapOptions, onStep: OnStep, start?: () => LayoutWorker): Run {
  return new LayoutRun(
    points,
    MOST_UMAP,
    (matrix, rows) => ({
      kind: "start",
      method: "umap",
      points: matrix,
      options: { ...options, supervise: pickedCodes(options.supervise, rows) },
    }),
    onStep,
    start,
  );
}
