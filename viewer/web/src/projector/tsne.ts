/** t-SNE in a worker. */

import { LayoutRun, type LayoutWorker, pickedCodes } from "./layout_run";
import type { OnStep, Points, Run, TsneOptions } from "./types";

/** Of more points, an even sample is laid out. */
export const MOST_TSNE = 10_000;

export function tsne(points: Points, options: TsneOptions, onStep: OnStep, start?: () => LayoutWorker): Run {
  return new LayoutRun(
    points,
    MOST_TSNE,
    (matrix, rows) => ({
      kind: "start",
      method: "tsne",
      points: matrix,
      options: { ...options, supervise: pickedCodes(options.supervise, rows) },
    }),
    onStep,
    start,
  );
}
