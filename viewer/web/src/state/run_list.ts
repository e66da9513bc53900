/** How the run list is laid out: as a tree or flat, in which order, and which folders are open. */

import { computed, signal } from "@preact/signals";
import { parseQuantity, printQuantity } from "../query/quantity";
import { type Quantity, QueryError } from "../query/query";
import type { Values } from "../query/run_values";
import { compareNatural } from "../runs/natural";
import { compareValues } from "../runs/order";
import { buildTree, countTicked, type FolderNode, flatTree, type RunTree, rowsOf } from "../runs/tree";
import { choiceCodec } from "./codecs";
import { type Codec, hashSignal } from "./hash";
import { columnOf, want } from "./run_columns";
import { isSelected, listedRuns, runFilter, runs, selection, setSelected, soloRuns } from "./runs";

/** With more runs than these, folders are closed at first. */
const MOST_OPEN = 200;
const MOST_TOGGLED = 200;

export type Layout = "tree" | "flat";
export type Order =
  | { by: "name" | "started" | "appearance"; descending: boolean }
  | { by: "value"; of: Quantity; descending: boolean };

/** A tree has folders only where runs have some in common, so it is flat where it can be. */
export const layout = hashSignal<Layout>("run-list", "tree", choiceCodec(["tree", "flat"]));

const orderCodec: Codec<Order> = {
  read: ([by, way, of = ""]) => {
    const descending = way === "down";
    if (by === "name" || by === "started" || by === "appearance") return { by, descending };
    const quantity = by === "value" ? parseQuantity(of) : null;
    return quantity && !(quantity instanceof QueryError) ? { by: "value", of: quantity, descending } : undefined;
  },
  write: (order) => [
    order.by,
    order.descending ? "down" : "up",
    ...(order.by === "value" ? [printQuantity(order.of)] : []),
  ],
};

export const order = hashSignal<Order>("run-order", { by: "name", descending: false }, orderCodec);
want(computed(() => (order.value.by === "value" ? [order.value.of] : [])));

/** Folders are open, or closed, or as suits their number; all but those that were toggled. */
interface Openness {
  base: "auto" | "open" | "closed";
  toggled: ReadonlySet<string>;
}

const opennessCodec: Codec<Openness> = {
  read: ([base, ...toggled]) =>
    base === "auto" || base === "open" || base === "closed"
      ? { base, toggled: new Set(toggled.slice(0, MOST_TOGGLED)) }
      : undefined,
  write: ({ base, toggled }) => [base, ...[...toggled].slice(0, MOST_TOGGLED)],
};

const openness = hashSignal<Openness>("run-folders", { base: "auto", toggled: new Set() }, opennessCodec);
/** Folders that were closed while a filter shows what it found: the next filter opens them again. */
const closedInSearch = signal<{ text: string; paths: ReadonlySet<string> }>({ text: "", paths: new Set() });

const searched = computed(() => (runFilter.matched.value ? runFilter.text.value : ""));

const isOpen = computed<(path: string) => boolean>(() => {
  if (searched.value) {
    const { text, paths } = closedInSearch.value;
    return (path) => text !== searched.value || !paths.has(path);
  }
  const { base, toggled } = openness.value;
  const byDefault = base === "open" || (base === "auto" && runs.value.length <= MOST_OPEN);
  return (path) => toggled.has(path) !== byDefault;
});

export function toggleFolder(path: string): void {
  if (searched.peek()) {
    const { text, paths } = closedInSearch.peek();
    closedInSearch.value = {
      text: searched.peek(),
      paths: toggled(text === searched.peek() ? paths : new Set(), path),
    };
    return;
  }
  const { base, toggled: before } = openness.peek();
  openness.value = { base, toggled: toggled(before, path) };
}

function toggled(before: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(path)) next.add(path);
  return next;
}

export function openAllFolders(open: boolean): void {
  if (searched.peek()) {
    closedInSearch.value = { text: searched.peek(), paths: new Set(open ? [] : tree.peek().folders) };
    return;
  }
  openness.value = { base: open ? "open" : "closed", toggled: new Set() };
}

/** What the list is ordered by, a list of values for each run of the catalog; a sentence if there is no such thing. */
export const orderColumn = computed<readonly Values[] | null | string>(() =>
  order.value.by === "value" ? columnOf(order.value.of) : null,
);

const names = computed(() => listedRuns.value.map((run) => run.name));
const places = computed(() => new Map(runs.value.map((run, index) => [run.name, index])));

/** The values that the list is ordered by, run by run of the list; empty if it is not. */
export const orderValues = computed<readonly Values[]>(() => {
  const column = orderColumn.value;
  if (!Array.isArray(column)) return [];
  return names.value.map((name) => column[places.value.get(name) ?? -1] ?? []);
});

const sorted = computed<readonly number[]>(() => {
  const { by, descending } = order.value;
  const [all, listed, values] = [names.value, listedRuns.value, orderValues.value];
  const indices = all.map((_, index) => index);
  const byName = (a: number, b: number): number => compareNatural(all[a] ?? "", all[b] ?? "");
  const sign = descending ? -1 : 1;
  if (by === "appearance") return descending ? indices.reverse() : indices;
  if (by === "name") return indices.sort((a, b) => sign * byName(a, b));
  const worth = (index: number) => (by === "started" ? [listed[index]?.started ?? Number.NaN] : values[index]);
  return indices.sort((a, b) => compareValues(worth(a) ?? [], worth(b) ?? [], descending) || byName(a, b));
});

export const tree = computed<RunTree>(() =>
  layout.value === "tree" ? buildTree(names.value, sorted.value) : flatTree(names.value, sorted.value),
);

export const rows = computed(() => rowsOf(tree.value, isOpen.value));

/** Whether the folder is open in the list. */
export const isFolderOpen = (path: string): boolean => isOpen.value(path);

/** Whether any folder is open. */
export const isAnyOpen = computed(() => tree.value.folders.some(isOpen.value));

const tickedBefore = computed(() => {
  const [listed, chosen] = [listedRuns.value, selection.value];
  return countTicked(tree.value.order, (run) => isSelected(chosen, listed[run]?.name ?? ""));
});

/** How many runs of a folder are ticked. */
export const tickedIn = ({ first, last }: FolderNode): number =>
  (tickedBefore.value[last] ?? 0) - (tickedBefore.value[first] ?? 0);

/** Names of the listed runs of a folder. */
export const runsIn = ({ first, last }: FolderNode): string[] =>
  tree
    .peek()
    .order.slice(first, last)
    .map((run) => names.peek()[run] ?? "");

/** Names of the listed runs in or below a directory, as they are listed. */
export const runsOfFolder = (path: string): string[] =>
  tree
    .peek()
    .order.map((run) => names.peek()[run] ?? "")
    .filter((name) => name === path || name.startsWith(`${path}/`));

/** Tick all runs of a folder, or untick them if all are. */
export function toggleFolderRuns(folder: FolderNode): void {
  setSelected(runsIn(folder), tickedIn(folder) < folder.last - folder.first);
}

export const soloFolder = (folder: FolderNode): void => soloRuns(runsIn(folder));
