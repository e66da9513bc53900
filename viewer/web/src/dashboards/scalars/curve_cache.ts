/**
 * The curves of one tag that a chart holds, and which of them have to be asked for.
 *
 * Curves belong to a view (axis, range, width, smoothing) and a revision of the log. Ticking runs on and off asks only for
 * runs never seen in that view; another view or revision asks for all shown runs, and the old curves stay on the screen
 * until the answer is there.
 */

import { type ChartAxis, getScalars, type ScalarsQuery, type SmoothingKind } from "../../api/client";
import { namedRuns } from "../../api/named_runs";
import type { Curve, Scalars } from "../../api/scalars";
import type { ScaleKind } from "./chart/scale";

export interface View {
  axis: ChartAxis;
  /** The tag on the axis, if one is there. */
  xTag: string;
  /** How x lies along the axis: points are chosen by columns of the screen. */
  xScale: ScaleKind;
  from: number | undefined;
  to: number | undefined;
  width: number;
  smoothing: number;
  kind: SmoothingKind;
  /** Whether points are wanted that a restart made void. */
  superseded: boolean;
  revision: number;
}

export type Fetch = (query: ScalarsQuery, signal: AbortSignal) => Promise<Scalars>;

/** Tells views apart. */
export const viewKey = (view: View): string =>
  [
    view.axis,
    view.xTag,
    view.xScale,
    view.from,
    view.to,
    view.width,
    view.kind,
    view.smoothing,
    view.superseded,
    view.revision,
  ].join("\n");

export class CurveCache {
  private curves = new Map<string, Curve>();
  private key = "";
  private readonly abort = new AbortController();

  constructor(
    readonly tag: string,
    private readonly fetch: Fetch = getScalars,
  ) {}

  get(run: string): Curve | undefined {
    return this.curves.get(run);
  }

  get isEmpty(): boolean {
    return this.curves.size === 0;
  }

  /**
   * See to it that the shown runs are there in this view; one call at a time. True if curves have changed.
   *
   * `runsWithTag` is how many runs have the tag, shown or not: if all of them are wanted, none is named.
   */
  async load(view: View, shown: readonly string[], runsWithTag: number): Promise<boolean> {
    const key = viewKey(view);
    const missing = key === this.key ? shown.filter((run) => !this.curves.has(run)) : shown;
    if (!missing.length) return false;
    const answer = await this.fetch(queryOf(this.tag, view, namedRuns(missing, runsWithTag)), this.abort.signal);
    if (key !== this.key) this.curves = new Map();
    this.key = key;
    for (const curve of answer.curves) this.curves.set(curve.run, curve);
    return true;
  }

  close(): void {
    this.abort.abort();
  }
}

/** What to ask for of a tag in a view. */
export function queryOf(tag: string, view: View, run?: readonly string[]): ScalarsQuery {
  return {
    tag,
    width: view.width,
    x: view.axis,
    x_tag: view.axis === "tag" ? view.xTag : undefined,
    x_scale: view.xScale === "linear" ? undefined : view.xScale,
    run,
    from: view.from,
    to: view.to,
    superseded: view.superseded ? 1 : undefined,
    smoothing: view.smoothing || undefined,
    kind: view.smoothing && view.kind !== "ema" ? view.kind : undefined,
  };
}
