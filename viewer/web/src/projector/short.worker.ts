/** What takes up to some seconds: components and neighbours of points that are kept here. */

import { nearestOf } from "./distances";
import { type Matrix, principal } from "./principal";
import type { ShortAnswer, ShortRequest } from "./short_work";

let kept: Matrix = { values: new Float32Array(), count: 0, dims: 0 };

addEventListener("message", (event: MessageEvent<ShortRequest>) => {
  const request = event.data;
  if (request.points) kept = request.points;
  const { id, job } = request;
  const answer: ShortAnswer =
    job.kind === "pca"
      ? { id, kind: "pca", ...principal(kept, job.components) }
      : { id, kind: "nearest", ...nearestOf(kept, job.index, job.k, job.metric) };
  postMessage(answer);
});
