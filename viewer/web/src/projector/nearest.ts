/** The points nearest to one, in a worker: exact, whatever the number of points. */

import { shortWork } from "./short_work";
import type { Metric, Neighbours, Points } from "./types";

export async function nearest(points: Points, index: number, k: number, metric: Metric): Promise<Neighbours> {
  const answer = await shortWork(points, { kind: "nearest", index, k, metric });
  if (answer.kind !== "nearest") throw new Error("the worker answered something else");
  return { index: answer.index, distance: answer.distance };
}
