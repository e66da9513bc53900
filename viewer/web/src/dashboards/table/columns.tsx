/** The columns of the table: the metrics that the tag filter lets through, and what of them is shown. */

import { computed } from "@preact/signals";
import { formatCount, formatValue } from "../../format/numbers";
import { higherIsBetter } from "../../state/directions";
import { catalog } from "../../state/log";
import type { MetricColumns } from "../../state/metric_columns";
import { listedRuns, type ShownRun, shownRuns } from "../../state/runs";
import { tagFilter, tagPrefix } from "../../state/tags";
import { formatMeasure } from "../../table/cells";
import { inOrder } from "../../table/order";
import { usualWidth } from "../../table/widths";
import type { Column } from "../../ui/table/column";
import { relate } from "./relation";
import {
  baseline,
  hidden,
  kindOf,
  order,
  type Relation,
  relation,
  SHOWN_WORDS,
  shownKind,
  shownOf,
  tickedOnly,
} from "./settings";

/** Metrics that the tag filter lets through, in natural order. */
const filteredTags = computed(() => {
  const matched = tagFilter.matched.value;
  const tags = catalog.value?.tags.scalars ?? [];
  return matched ? tags.filter((tag) => matched.has(tag)) : tags;
});

/** Metrics with a column, in the order of the columns. */
export const tags = computed(() =>
  inOrder(
    filteredTags.value.filter((tag) => !hidden.value.has(tag)),
    order.value,
  ),
);

/** Runs that have one of these metrics, in the order of the run list. */
export const tableRuns = computed<readonly ShownRun[]>(() => {
  const all = catalog.value?.tags.scalars ?? [];
  const wanted = new Set(tags.value.map((tag) => all.indexOf(tag)));
  const runs = tickedOnly.value ? shownRuns.value : listedRuns.value;
  return runs.filter(({ entry }) => entry.scalars.some((index) => wanted.has(index)));
});

export function columnOf(
  tag: string,
  store: MetricColumns,
  best: (tag: string) => number | undefined,
): Column<ShownRun> {
  const [kind, shown, base, as] = [kindOf(tag), shownOf(tag), baseline.value, relation.value];
  const prefix = tagPrefix(tag);
  const title = prefix ? tag.slice(prefix.length + 1) : tag;
  const note = shown === shownKind.value ? undefined : SHOWN_WORDS[shown].toLowerCase();
  const value = (run: ShownRun): number | null => store.value(run.name, tag, kind);
  const baseValue = base ? store.value(base, tag, kind) : null;
  const isRelative = base !== "" && as !== "value";
  const related = (run: ShownRun): number | null =>
    isRelative && run.name !== base ? relate(value(run), baseValue, as) : value(run);
  return {
    id: tag,
    title,
    over: prefix,
    note,
    hint: `${tag}: ${SHOWN_WORDS[shown].toLowerCase()}, ${higherIsBetter(tag) ? "higher" : "lower"} is better`,
    numeric: true,
    width: usualWidth(note ? `${title} ${note}` : title, true),
    firstDown: higherIsBetter(tag),
    value: related,
    render: (run) => {
      const full = value(run);
      if (full === null) return null;
      const step = store.step(run.name, tag, kind);
      return (
        <span class="grid-text" title={`${full}${step === null ? "" : ` at step ${formatCount(step)}`}`}>
          {write(related(run), isRelative && run.name !== base ? as : "value")}
        </span>
      );
    },
    look: (run) => (best(tag) !== undefined && value(run) === best(tag) ? "best" : undefined),
  };
}

/** A difference carries its sign, a share its percent sign. */
export function write(value: number | null, as: Relation): string {
  if (value === null) return "–";
  if (as === "value" || Number.isNaN(value)) return formatMeasure(value);
  const text = as === "percent" ? `${formatValue(Number(value.toPrecision(3)))} %` : formatMeasure(value);
  return value > 0 ? `+${text}` : text;
}
