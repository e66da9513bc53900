/** All lines of a chart: those of groups if runs are grouped, else one for each run. */

import { computed } from "@preact/signals";
import type { ChartAxis } from "../../api/client";
import { cssColor, mix, toHex } from "../../draw/colors";
import { BandLines } from "./band_lines";
import type { Line } from "./chart/line";
import type { ChartSpec } from "./chart_spec";
import type { View } from "./curve_cache";
import { groupBand, groupCenter, runGroups, showMembers } from "./group_by";
import { GroupLines, type GroupView } from "./group_lines";
import type { RunGroups } from "./grouping";

export interface Gathering extends GroupView, RunGroups {
  /** Whether the runs of the groups are drawn as well. */
  members: boolean;
}

/** How the runs of all charts are gathered; null: each stands for itself. */
export const gathering = computed<Gathering | null>(() => {
  const groups = runGroups.value;
  return groups && { ...groups, center: groupCenter.value, band: groupBand.value, members: showMembers.value };
});

/** Share of its group's colour that the line of a member has. */
const FAINT = 0.3;

export class ChartLines {
  private readonly runLines = new BandLines();
  private readonly groupLines = new GroupLines();

  get isEmpty(): boolean {
    return this.runLines.isEmpty && this.groupLines.isEmpty;
  }

  /** See to it that all is there in this view. True if anything has changed. */
  async load(view: View, spec: ChartSpec, gathered: Gathering | null): Promise<boolean> {
    if (!gathered) return this.runLines.load(view, spec);
    const single = singleRuns(spec, gathered);
    const jobs = [this.groupLines.load(view, spec, gathered), this.runLines.load(view, single)];
    return (await Promise.all(jobs)).some(Boolean);
  }

  compose(spec: ChartSpec, axis: ChartAxis, gathered: Gathering | null): Line[] {
    if (!gathered) return this.runLines.compose(spec, axis);
    const colors = new Map(
      gathered.groups.flatMap((group) => group.runs.map((run) => [run.name, group.color] as const)),
    );
    const background = toHex(cssColor("--surface"));
    const single = this.runLines.compose(singleRuns(spec, gathered), axis).map((line): Line => {
      const color = colors.get(line.run);
      if (color === undefined) return line;
      return { ...line, color: mix(color, background, FAINT), dash: [], raw: null, band: null, isMember: true };
    });
    return [...single, ...this.groupLines.compose(spec, axis, gathered)];
  }

  close(): void {
    this.runLines.close();
    this.groupLines.close();
  }
}

/** The chart with those runs that have lines of their own beside the groups. */
function singleRuns(spec: ChartSpec, { rest, members }: Gathering): ChartSpec {
  if (members) return spec;
  const alone = new Set(rest.map((run) => run.name));
  const cards = spec.cards.map((card) => ({ ...card, runs: card.runs.filter((run) => alone.has(run.name)) }));
  return { ...spec, cards };
}
