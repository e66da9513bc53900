/**
 * The curves of one tag that a chart holds, and which of them have to be asked for.
 *
 * Curves belong to a view (axis, range, width, smoothing) and a revision of the log. Ticking runs on and off asks only for
 * runs never seen in that view; another view or revision asks for all shown runs, and the old curves stay on the screen
 * until the answer is there.
 */

import { getScalars, type ScalarsQuery, type XAxis } from "../../api/client";
import type { Curve, Scalars } from "../../api/scalars";

export interface View {
  axis: XAxis;
  from: number | undefined;
  to: number | undefined;
  width: number;
  smoothing: number;
  revision: number;
}

export type Fetch = (query: ScalarsQuery, signal: AbortSignal) => Promise<Scalars>;

/** Beyond so many names the address gets too long for some proxies: then all runs are asked for. */
const MOST_NAMED = 40;

const keyOf = (view: View): string =>
  [view.axis, view.from, view.to, view.width, view.smoothing, view.revision].join(" ");

export class CurveCache {
  private curves = new Map<string, Curve>();
  private key = "";
  private asking: { key: string; runs: ReadonlySet<string> | null; abort: AbortController } | undefined;

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
   * See to it that the shown runs are there in this view. True if curves have changed; false if nothing was to be done
   * or a later call has taken over.
   */
  async load(view: View, shown: readonly string[], runsWithTag: number): Promise<boolean> {
    const key = keyOf(view);
    const missing = key === this.key ? shown.filter((run) => !this.curves.has(run)) : shown;
    if (!missing.length || this.isAskedFor(key, missing)) return false;
    const named = missing.length <= MOST_NAMED && missing.length < runsWithTag ? missing : null;
    this.asking?.abort.abort();
    const asking = { key, runs: named && new Set(named), abort: new AbortController() };
    this.asking = asking;
    try {
      const answer = await this.fetch(this.query(view, named), asking.abort.signal);
      if (this.asking !== asking) return false;
      this.take(key, answer);
      return true;
    } finally {
      if (this.asking === asking) this.asking = undefined;
    }
  }

  cancel(): void {
    this.asking?.abort.abort();
    this.asking = undefined;
  }

  private isAskedFor(key: string, missing: readonly string[]): boolean {
    const asking = this.asking;
    if (!asking || asking.key !== key) return false;
    return missing.every((run) => !asking.runs || asking.runs.has(run));
  }

  private query(view: View, run: readonly string[] | null): ScalarsQuery {
    return {
      tag: this.tag,
      width: view.width,
      x: view.axis,
      run: run ?? undefined,
      from: view.from,
      to: view.to,
      smoothing: view.smoothing || undefined,
    };
  }

  private take(key: string, answer: Scalars): void {
    if (key !== this.key) this.curves = new Map();
    this.key = key;
    for (const curve of answer.curves) this.curves.set(curve.run, curve);
  }
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
