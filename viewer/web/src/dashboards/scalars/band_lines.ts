/**
 * The lines of a chart: one for each run of each tag, and where the chart says so, within the area between two other tags
 * of the run.
 */

import type { ChartAxis } from "../../api/client";
import type { Curve } from "../../api/scalars";
import { type Line, xOf } from "./chart/line";
import type { ChartSpec } from "./chart_spec";
import type { View } from "./curve_cache";
import { RunLines } from "./run_lines";

export class BandLines extends RunLines {
  override async load(view: View, spec: ChartSpec): Promise<boolean> {
    const edges = edgesOf(spec).map(async ({ tag, runs }) => {
      try {
        return await this.cache(tag).load(view, runs, Number.POSITIVE_INFINITY);
      } catch (error) {
        // Without an edge the line is still to be seen; what is missing, the card says.
        if (error instanceof DOMException) throw error;
        return false;
      }
    });
    const changed = await Promise.all([super.load(view, spec), ...edges]);
    return changed.some(Boolean);
  }

  override compose(spec: ChartSpec, axis: ChartAxis): Line[] {
    const bandOf = new Map(spec.cards.map((card, at) => [card.tag, spec.bands?.[at] ?? null]));
    return super.compose(spec, axis).map((line) => {
      const band = bandOf.get(line.tag);
      const lower = band && this.cache(band.lower).get(line.run);
      const upper = band && this.cache(band.upper).get(line.run);
      if (!lower || !upper) return line;
      const [low, high] = [alongside(lower, line, axis), alongside(upper, line, axis)];
      return { ...line, band: { low, high, count: line.x.map(() => 1) } };
    });
  }
}

function edgesOf({ cards, bands }: ChartSpec): { tag: string; runs: string[] }[] {
  return cards.flatMap(({ runs }, at) => {
    const band = bands?.[at];
    const names = runs.map((run) => run.name);
    return band ? [band.lower, band.upper].map((tag) => ({ tag, runs: names })) : [];
  });
}

/**
 * An edge at the places of a line's points. Edges are thinned by themselves, and may have been logged at other steps: they
 * are taken to be straight between their points. Beyond their ends there is no band.
 */
export function alongside(edge: Curve, line: Pick<Line, "x">, axis: ChartAxis): Float64Array {
  const x = xOf(edge, axis);
  const y = edge.smoothed ?? edge.value;
  let at = 0;
  return line.x.map((place) => {
    // Lines may go back, as after a restart.
    if (at > 0 && (x[at - 1] as number) > place) at = 0;
    while (at < x.length - 1 && (x[at + 1] as number) <= place) at += 1;
    const [left, right] = [x[at] as number, x[at + 1] as number];
    const [low, high] = [y[at] as number, y[at + 1] as number];
    if (place === left) return low;
    if (!(left < place && place < right)) return Number.NaN;
    return low + ((high - low) * (place - left)) / (right - left);
  });
}
