/**
 * Hyperparameters and metrics of runs, read only for what the page names: the filter, the order of the list, colours.
 *
 * Whoever needs values says which (`want`) and takes them from `columnOf`, which reads the signals that they depend on.
 */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { getHParams, type HParams } from "../api/hparams";
import { getMetrics, type Metrics, MOST_TAGS } from "../api/metrics";
import type { Quantity } from "../query/query";
import { findSource, hparamColumn, type Known, metricColumn, sessionsOfRuns, type Values } from "../query/run_values";
import { Latest } from "../ui/latest";
import { catalog, revision } from "./log";
import { runNames } from "./run_names";

const owners = signal<readonly ReadonlySignal<readonly Quantity[]>[]>([]);
const hparams = signal<HParams | null>(null);
const metrics = signal<Metrics | null>(null);

/** Have the values of these quantities read, for as long as the page is open. */
export function want(quantities: ReadonlySignal<readonly Quantity[]>): void {
  owners.value = [...owners.peek(), quantities];
}

const wanted = computed(() => owners.value.flatMap((quantities) => quantities.value));

const hasHParams = computed(() => catalog.value?.has.hparams ?? false);

/** What can be named; null until the hyperparameters are here, if there are any. */
const known = computed<Known | null>(() => {
  if (hasHParams.value && !hparams.value) return null;
  return { hparams: hparams.value?.hparams.map(({ name }) => name) ?? [], tags: catalog.value?.tags.scalars ?? [] };
});

const needsHParams = computed(() => hasHParams.value && wanted.value.some(({ of }) => of === null));

/** As text, so that it is the same as long as nothing new is needed. */
const neededTags = computed(() => {
  const tags = new Set<string>();
  for (const quantity of wanted.value) {
    const source = knownFor(quantity) && findSource(quantity, knownFor(quantity) as Known);
    if (source && "tag" in source) tags.add(source.tag);
  }
  return JSON.stringify([...tags].sort().slice(0, MOST_TAGS));
});

/** A function of a metric can be looked up before the hyperparameters are here. */
const knownFor = ({ of }: Quantity): Known | null =>
  known.value ?? (of ? { hparams: [], tags: catalog.value?.tags.scalars ?? [] } : null);

const hparamsReader = reader(async () => {
  hparams.value = await getHParams();
});
const metricsReader = reader(async () => {
  const tag = JSON.parse(neededTags.peek()) as string[];
  if (tag.length) metrics.value = await getMetrics({ tag });
});

/** Reads one thing at a time; what fails is tried again. */
function reader(read: () => Promise<void>): Latest<null> {
  const latest: Latest<null> = new Latest(() => read().catch(() => latest.retry(null)));
  return latest;
}

effect(() => {
  revision.value;
  if (needsHParams.value) hparamsReader.ask(null);
});
effect(() => {
  revision.value;
  if (neededTags.value !== "[]") metricsReader.ask(null);
});

const belonging = computed(() => sessionsOfRuns(runNames.value, hparams.value?.sessions ?? []));
const answeredRuns = computed(() => new Map(metrics.value?.runs.map((run, index) => [run, index])));

/** The values of a quantity, a list for each run; null until they are here; a sentence if there is no such quantity. */
export function columnOf(quantity: Quantity): readonly Values[] | null | string {
  const names = knownFor(quantity);
  if (!names) return null;
  const source = findSource(quantity, names);
  if ("problem" in source) return source.problem;
  if (source.kind === "hparam") return hparamColumn(source.name, belonging.value, hparams.value?.sessions ?? []);
  const answer = metrics.value;
  const column = answer?.values[source.of]?.[answer.tags.indexOf(source.tag)];
  return column ? metricColumn(runNames.value, answeredRuns.value, column) : null;
}

/** Names to choose from. */
export const hparamNames = computed<readonly string[]>(() => hparams.value?.hparams.map(({ name }) => name) ?? []);

const onlyHParams: Quantity = { of: null, name: "" };
const asked = signal(false);
want(computed(() => (asked.value ? [onlyHParams] : [])));

/** Have the names of hyperparameters read, for a list to choose from. */
export function askForHParams(): void {
  asked.value = true;
}
