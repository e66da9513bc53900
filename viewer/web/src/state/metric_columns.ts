/**
 * First, last, lowest, highest and mean values of scalars over all runs, a column each: asked for when something is to show
 * them, and again when the log has changed. While new values are on their way, the old ones stay.
 */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isPassing } from "../api/client";
import { getMetrics, type MetricKind, MOST_TAGS } from "../api/metrics";
import type { JsonNumber } from "../api/types";
import { Latest } from "../ui/latest";

export interface Wanted {
  tag: string;
  kind: MetricKind;
}

interface Known {
  /** Place of each run in the columns. */
  index: ReadonlyMap<string, number>;
  values: readonly (JsonNumber | null)[];
  /** Where they are; undefined for what is at no step. */
  steps: readonly (number | null)[] | undefined;
  revision: number;
}

/** An answer holds about so many values at most: ten thousand runs come a few columns at a time. */
const MOST_VALUES = 400_000;

export class MetricColumns {
  private readonly known = new Map<string, Known>();
  private wanted: readonly Wanted[] = [];
  private atStep: number | null = null;
  private revision = -1;
  private readonly abort = new AbortController();
  private readonly changes = signal(0);
  private readonly failure = signal<string | null>(null);
  private readonly latest = new Latest<void>(() => this.load());

  /** Grows whenever values have come; who reads it is told. */
  get changed(): ReadonlySignal<number> {
    return this.changes;
  }

  /** Why values did not come, in words. */
  get error(): ReadonlySignal<string | null> {
    return this.failure;
  }

  /** Have these at hand as of a revision of the log; `step` is for the kind `at`. */
  want(columns: readonly Wanted[], revision: number, step: number | null = null): void {
    if (step !== this.atStep)
      for (const key of [...this.known.keys()]) if (key.startsWith("at\n")) this.known.delete(key);
    this.wanted = columns;
    this.revision = revision;
    this.atStep = step;
    if (this.missing().length) this.latest.ask();
  }

  /** Whether all that is wanted is here as of the revision it was wanted for. */
  get isFresh(): boolean {
    return this.wanted.length > 0 && this.missing().length === 0;
  }

  /** Whether there are values for it, of whatever revision. */
  has(tag: string, kind: MetricKind): boolean {
    return this.known.has(keyOf(tag, kind));
  }

  /** The value of a run; null if it has none, or none has come yet. */
  value(run: string, tag: string, kind: MetricKind): number | null {
    const column = this.known.get(keyOf(tag, kind));
    const at = column?.index.get(run);
    const value = at === undefined ? null : (column?.values[at] ?? null);
    return value === null ? null : Number(value);
  }

  /** The step of a run's value; null for a mean and where it is not known. */
  step(run: string, tag: string, kind: MetricKind): number | null {
    const column = this.known.get(keyOf(tag, kind));
    const at = column?.index.get(run);
    return at === undefined ? null : (column?.steps?.[at] ?? null);
  }

  /** Wait until there are values for all of these, of whatever revision. */
  whenKnown(columns: readonly Wanted[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        this.changes.value;
        if (this.failure.value !== null) reject(new Error(this.failure.value));
        else if (columns.every(({ tag, kind }) => this.has(tag, kind) || (kind === "at" && this.atStep === null)))
          resolve();
        else return false;
        return true;
      };
      let stop: (() => void) | undefined;
      let done = false;
      stop = effect(() => {
        if (done) return;
        done = look();
        if (done) stop?.();
      });
      if (done) stop();
    });
  }

  close(): void {
    this.latest.stop();
    this.abort.abort();
  }

  private missing(): Wanted[] {
    return this.wanted.filter(
      ({ tag, kind }) =>
        (kind !== "at" || this.atStep !== null) && (this.known.get(keyOf(tag, kind))?.revision ?? -1) < this.revision,
    );
  }

  private async load(): Promise<void> {
    const tried = new Set<string>();
    try {
      for (;;) {
        const missing = this.missing().filter(({ tag, kind }) => !tried.has(keyOf(tag, kind)));
        const batch = this.batchOf(missing);
        if (!batch.length) break;
        for (const { tag, kind } of batch) tried.add(keyOf(tag, kind));
        const isNew = await this.fetch(batch);
        this.failure.value = null;
        if (isNew) this.changes.value += 1;
      }
    } catch (error) {
      if (this.abort.signal.aborted) return;
      this.failure.value = error instanceof Error ? error.message : String(error);
      if (isPassing(error)) this.latest.retry();
    }
  }

  /** Columns of one kind that are asked for together. */
  private batchOf(missing: readonly Wanted[]): Wanted[] {
    const runs = Math.max(1, ...[...this.known.values()].slice(0, 1).map((column) => column.values.length));
    const most = Math.max(1, Math.min(MOST_TAGS, Math.floor(MOST_VALUES / runs)));
    const [first] = missing;
    return first ? missing.filter(({ kind }) => kind === first.kind).slice(0, this.known.size ? most : 16) : [];
  }

  /** Whether anything is not as it was: a log grows each second, most of its values stay. */
  private async fetch(batch: readonly Wanted[]): Promise<boolean> {
    const [{ kind }] = batch as [Wanted];
    const [tag, revision, step] = [batch.map((one) => one.tag), this.revision, this.atStep];
    // A kind has to be named, or all come; `first` beside `at` costs little.
    const query = kind === "at" ? { of: ["first"] as const, step: step ?? 0 } : { of: [kind] };
    const answer = await getMetrics({ tag, ...query }, this.abort.signal);
    if (kind === "at" && step !== this.atStep) return false;
    const index = new Map(answer.runs.map((run, at) => [run, at]));
    // What is asked for is known as of the revision that was wanted, even if the viewer has not come as far.
    const as = Math.max(revision, answer.revision);
    let isNew = false;
    answer.tags.forEach((name, at) => {
      const known = this.known.get(keyOf(name, kind));
      const values = answer.values[kind]?.[at];
      const steps = kind === "last" || kind === "min" || kind === "max" ? answer.steps[kind]?.[at] : undefined;
      if (!values) return;
      this.known.set(keyOf(name, kind), { index, values, steps, revision: as });
      isNew ||= !known || !isSame(known.values, values) || !isSame([...known.index.keys()], answer.runs);
    });
    return isNew;
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);

const keyOf = (tag: string, kind: MetricKind): string => `${kind}\n${tag}`;
