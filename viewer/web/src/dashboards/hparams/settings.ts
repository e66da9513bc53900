/** What of the sessions is shown and how; all of it is in the address. */

import type { MetricKind } from "../../api/metrics";
import { choiceCodec, flagCodec, setCodec, textCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";
import { type Filters, filtersCodec } from "../../table/filters";
import { FOLDS, type Fold } from "../../table/fold";
import { type Sort, sortCodec } from "../../table/sort";

/** `best` is the lowest or the highest value, whichever way the metric is better. */
export type Shown = Exclude<MetricKind, "at"> | "best";
export const SHOWN: readonly Shown[] = ["last", "best", "min", "max", "mean", "first"];

export type ScaleKind = "linear" | "log" | "quantile";
export const SCALES: readonly ScaleKind[] = ["linear", "log", "quantile"];

export type Part = "parallel" | "table" | "scatter";
export const PARTS: readonly Part[] = ["parallel", "table", "scatter"];

const listCodec: Codec<readonly string[]> = {
  read: (values) => values.filter(Boolean),
  write: (values) => [...values],
};

const scalesCodec: Codec<ReadonlyMap<string, ScaleKind>> = {
  read: (values) =>
    new Map(
      values.flatMap((value): [string, ScaleKind][] => {
        const colon = value.indexOf(":");
        const kind = SCALES.find((one) => one === value.slice(0, colon));
        return kind ? [[value.slice(colon + 1), kind]] : [];
      }),
    ),
  write: (scales) => [...scales].map(([id, kind]) => `${kind}:${id}`),
};

/** Parts of the page that were closed. */
export const closed = hashSignal<ReadonlySet<string>>("hp-closed", new Set(), setCodec);
/** What columns show of a metric that do not say it themselves. */
export const shownKind = hashSignal<Shown>("hp-of", "last", choiceCodec(SHOWN));
/** Columns that are shown or hidden against what is usual, and the order of those that were moved. */
export const added = hashSignal<ReadonlySet<string>>("hp-add", new Set(), setCodec);
export const hidden = hashSignal<ReadonlySet<string>>("hp-hide", new Set(), setCodec);
export const order = hashSignal<readonly string[]>("hp-order", [], listCodec);
export const sort = hashSignal<Sort>("hp-sort", [], sortCodec);
export const filters = hashSignal<Filters>("hp-filter", new Map(), filtersCodec);
/** Id of the column that lines and points are coloured by, or `run`; empty for the first metric. */
export const colorBy = hashSignal("hp-color", "", textCodec);
export const scales = hashSignal<ReadonlyMap<string, ScaleKind>>("hp-scale", new Map(), scalesCodec);
export const folding = hashSignal("hp-group", true, flagCodec);
export const foldBy = hashSignal<Fold>("hp-fold", "mean", choiceCodec(FOLDS));
/** Hyperparameters in which repetitions may differ, such as a seed. */
export const ignored = hashSignal<ReadonlySet<string>>("hp-over", new Set(), setCodec);
/** Whether the runs that the filters leave are those that are ticked. */
export const following = hashSignal("hp-tick", false, flagCodec);
/** Columns of the scatter matrix, across and down; empty for the usual ones. */
export const across = hashSignal<readonly string[]>("hp-across", [], listCodec);
export const down = hashSignal<readonly string[]>("hp-down", [], listCodec);
