/** What the table shows of each metric; all of it is in the address. */

import type { MetricKind } from "../../api/metrics";
import { choiceCodec, flagCodec, setCodec, textCodec } from "../../state/codecs";
import { higherIsBetter } from "../../state/directions";
import { type Codec, hashSignal } from "../../state/hash";
import { type Sort, sortCodec } from "../../table/sort";

/** `best` is the lowest or the highest value, whichever way the metric is better. */
export type Shown = MetricKind | "best";
export const SHOWN: readonly Shown[] = ["last", "best", "min", "max", "mean", "first", "at"];
export const SHOWN_WORDS: Record<Shown, string> = {
  last: "Last",
  best: "Best",
  min: "Min",
  max: "Max",
  mean: "Mean",
  first: "First",
  at: "At step",
};

/** The values themselves, or what they differ by from those of the baseline. */
export type Relation = "value" | "delta" | "percent";

const listCodec: Codec<readonly string[]> = {
  read: (values) => values.filter(Boolean),
  write: (values) => [...values],
};

const ownCodec: Codec<ReadonlyMap<string, Shown>> = {
  read: (values) =>
    new Map(
      values.flatMap((value): [string, Shown][] => {
        const colon = value.indexOf(":");
        const kind = SHOWN.find((one) => one === value.slice(0, colon));
        return kind ? [[value.slice(colon + 1), kind]] : [];
      }),
    ),
  write: (own) => [...own].map(([tag, kind]) => `${kind}:${tag}`),
};

export const shownKind = hashSignal<Shown>("table", "last", choiceCodec(SHOWN));
/** Of single columns, where it is not that of the table. */
export const ownKinds = hashSignal<ReadonlyMap<string, Shown>>("table-own", new Map(), ownCodec);
export const atStep = hashSignal<number | null>("table-step", null, {
  read: ([text]) => (text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  write: (step) => (step === null ? [] : [String(step)]),
});
export const sort = hashSignal<Sort>("table-sort", [], sortCodec);
export const baseline = hashSignal("table-base", "", textCodec);
export const relation = hashSignal<Relation>("table-as", "delta", choiceCodec(["delta", "percent", "value"]));
export const tickedOnly = hashSignal("table-ticked", false, flagCodec);
export const hidden = hashSignal<ReadonlySet<string>>("table-hide", new Set(), setCodec);
/** Columns that were moved; the others follow. */
export const order = hashSignal<readonly string[]>("table-order", [], listCodec);

/** What is shown of a metric. */
export const shownOf = (tag: string): Shown => ownKinds.value.get(tag) ?? shownKind.value;

/** What has to be read for that. */
export function kindOf(tag: string): MetricKind {
  const shown = shownOf(tag);
  return shown === "best" ? (higherIsBetter(tag) ? "max" : "min") : shown;
}

export function setOwnKind(tag: string, kind: Shown | null): void {
  const next = new Map(ownKinds.peek());
  if (kind === null) next.delete(tag);
  else next.set(tag, kind);
  ownKinds.value = next;
}
