/** The lines of a chart that shows groups of runs: one for each group of each tag, with a band around it. */

import type { ChartAxis } from "../../api/client";
import { type Center, type GroupCurve, type GroupsQuery, getScalarGroups, type Spread } from "../../api/scalar_groups";
import { dashOf } from "../../draw/colors";
import type { Line } from "./chart/line";
import type { ChartSpec } from "./chart_spec";
import { queryOf, type View, viewKey } from "./curve_cache";
import type { RunGroup } from "./grouping";

export interface GroupView {
  groups: readonly RunGroup[];
  center: Center;
  band: Spread;
}

export type FetchGroups = (query: GroupsQuery, signal: AbortSignal) => Promise<GroupCurve[]>;

interface Held {
  key: string;
  groups: readonly { group: RunGroup; curve: GroupCurve }[];
}

/** Beyond this many letters an address is refused. */
const LONGEST_ADDRESS = 50_000;

export class TooManyRunsError extends Error {
  constructor() {
    super("Too many runs to be brought together at once; untick some");
  }
}

export class GroupLines {
  private readonly held = new Map<string, Held>();
  private readonly abort = new AbortController();

  constructor(private readonly fetch: FetchGroups = getScalarGroups) {}

  get isEmpty(): boolean {
    return this.held.size === 0;
  }

  /** See to it that the groups are there in this view. True if anything has changed. */
  async load(view: View, { cards }: ChartSpec, wanted: GroupView): Promise<boolean> {
    const jobs = cards.map(async ({ tag, runs }) => {
      const having = new Set(runs.map((run) => run.name));
      const groups = wanted.groups
        .map((group) => ({ group, names: group.runs.map((run) => run.name).filter((name) => having.has(name)) }))
        .filter(({ names }) => names.length > 0);
      const names = groups.map((group) => group.names);
      const key = JSON.stringify([viewKey(view), wanted.center, wanted.band, names]);
      if (this.held.get(tag)?.key === key) return false;
      if (encodeURIComponent(JSON.stringify(names)).length > LONGEST_ADDRESS) throw new TooManyRunsError();
      const query = { ...queryOf(tag, view), groups: names, center: wanted.center, band: wanted.band };
      const curves = names.length ? await this.fetch(query, this.abort.signal) : [];
      const found = groups.flatMap(({ group }, at) => {
        const curve = curves[at];
        return curve ? { group, curve } : [];
      });
      this.held.set(tag, { key, groups: found });
      return true;
    });
    return (await Promise.all(jobs)).some(Boolean);
  }

  /** What can be drawn of the chart, in the colours that the groups have now. */
  compose({ cards }: ChartSpec, axis: ChartAxis, { groups }: GroupView): Line[] {
    const several = cards.length > 1;
    const now = new Map(groups.map((group) => [group.key, group]));
    return cards.flatMap(({ tag }, at) =>
      (this.held.get(tag)?.groups ?? []).flatMap(({ group: { key }, curve }) => {
        const group = now.get(key);
        return group ? groupLine(tag, group, curve, axis, several ? dashOf(at) : group.dash, several) : [];
      }),
    );
  }

  close(): void {
    this.abort.abort();
  }
}

function groupLine(
  tag: string,
  group: RunGroup,
  { runs, x, center, low, high, count }: GroupCurve,
  axis: ChartAxis,
  dash: readonly number[],
  several: boolean,
): Line {
  const unknown = new Float64Array(x.length).fill(Number.NaN);
  const name = `${group.key || "(top)"} (${runs} ${runs === 1 ? "run" : "runs"})`;
  const end = x.length - 1;
  const at = (values: Float64Array): number => values[end] ?? Number.NaN;
  return {
    key: `group\n${tag}\n${group.key}`,
    run: group.key,
    tag,
    label: several ? `${name} · ${tag}` : name,
    ...{ color: group.color, dash, x, y: center, raw: null },
    band: { low, high, count },
    ...{ restarts: [], old: null },
    curve: {
      run: group.key,
      total: x.length,
      start: axis === "wall" ? 0 : Number.NaN,
      step: axis === "step" ? x : unknown,
      wallTime: axis === "wall" ? x : unknown,
      ...{ value: center, smoothed: null, x: null, unplaced: 0, restarts: [], superseded: null },
      last: x.length ? { step: axis === "step" ? at(x) : Number.NaN, wallTime: Number.NaN, value: at(center) } : null,
    },
  };
}
