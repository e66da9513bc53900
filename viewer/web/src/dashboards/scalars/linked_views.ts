/** Charts whose x axes are linked move together while one of them is panned. */

import type { Ranges } from "./chart/plot";
import { drawnCharts } from "./drawn";
import { linkZoom } from "./settings";

/** Move the other charts along; null: the movement has ended. */
export function followSlide(id: string, ranges: Ranges | null): void {
  if (!linkZoom.peek()) return;
  for (const [other, { view }] of drawnCharts) if (other !== id) view.follow(ranges?.x ?? null);
}
