/** The lines of a chart that shows every run: one for each run of each tag. */

import type { ChartAxis } from "../../api/client";
import { dashOf } from "../../draw/colors";
import { type Line, makeLine } from "./chart/line";
import type { ChartSpec } from "./chart_spec";
import { CurveCache, type View } from "./curve_cache";

export class RunLines {
  private readonly caches = new Map<string, CurveCache>();

  get isEmpty(): boolean {
    return [...this.caches.values()].every((cache) => cache.isEmpty);
  }

  /** See to it that every shown run is there in this view. True if curves have changed. */
  async load(view: View, { cards }: ChartSpec): Promise<boolean> {
    const jobs = cards.map(({ tag, runs, runsWithTag }) =>
      this.cache(tag).load(
        view,
        runs.map((run) => run.name),
        runsWithTag,
      ),
    );
    return (await Promise.all(jobs)).some(Boolean);
  }

  /** What can be drawn of the chart; several tags are told apart by dashes, and named in the legend. */
  compose({ cards }: ChartSpec, axis: ChartAxis): Line[] {
    const several = cards.length > 1;
    return cards.flatMap(({ tag, runs }, at) =>
      runs.flatMap((run) => {
        const curve = this.caches.get(tag)?.get(run.name);
        if (!curve) return [];
        const look = { tag, color: run.color, dash: dashOf(several ? at : run.lap) };
        return makeLine(
          curve,
          axis,
          several ? { ...look, key: `${tag}\n${run.name}`, label: `${run.name} · ${tag}` } : look,
        );
      }),
    );
  }

  close(): void {
    for (const cache of this.caches.values()) cache.close();
  }

  protected cache(tag: string): CurveCache {
    let cache = this.caches.get(tag);
    if (!cache) {
      cache = new CurveCache(tag);
      this.caches.set(tag, cache);
    }
    return cache;
  }
}
