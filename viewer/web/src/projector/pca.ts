/** Principal components of points, in a worker. */

import { shortWork } from "./short_work";
import type { Pca, Points } from "./types";

export const MOST_COMPONENTS = 10;

/** At most ten components; those that there are not are 0. */
export async function pca(points: Points, components = MOST_COMPONENTS): Promise<Pca> {
  const answer = await shortWork(points, { kind: "pca", components: Math.min(components, MOST_COMPONENTS) });
  if (answer.kind !== "pca") throw new Error("the worker answered something else");
  const { coords, shares, used } = answer;
  const note =
    used < points.count ? `Components of an even sample of ${used.toLocaleString("en")} points; all are shown` : null;
  return {
    coords,
    components: answer.components,
    shares,
    totalShare: shares.reduce((sum, share) => sum + share, 0),
    note,
  };
}
