/** What can be done with boxes. */

import { batch } from "@preact/signals";
import type { Box } from "../../graphs/scene";
import { extracted, included, opened, selected, type Tracing, tracing, ungrouped } from "./settings";
import { aim, index, model, remark } from "./state";

const without = (list: readonly string[], path: string): readonly string[] => list.filter((one) => one !== path);
const withOne = (list: readonly string[], path: string): readonly string[] => [...without(list, path), path];

const isBelow = (path: string, over: string): boolean => path === over || path.startsWith(`${over}/`);

/** Open a box, or close it with all that is open in it. */
export function toggle(box: Box): void {
  if (!box.canExpand) return;
  aim.now = { kind: "keep", path: box.path };
  opened.value = box.isExpanded ? opened.peek().filter((path) => !isIn(path, box)) : withOne(opened.peek(), box.path);
}

/** Whether what is open at `path` lies in a box: by its name, or, as in series, by where it is drawn. */
function isIn(path: string, box: Box): boolean {
  if (isBelow(path, box.path)) return true;
  const known = index.peek();
  for (let at = known?.byPath.get(path); at; at = known?.byId.get(at.parent)) if (at.id === box.id) return true;
  return false;
}

/** Open all that is below a path, or as much of it as can be drawn; "" for the whole graph. */
export async function openAll(path: string): Promise<void> {
  const graph = model.peek();
  if (!graph) return;
  const { expanded, reason } = await graph.expandAll(path);
  if (graph !== model.peek()) return;
  batch(() => {
    aim.now = path ? { kind: "keep", path } : { kind: "first" };
    opened.value = [...new Set([...opened.peek(), ...expanded])];
    remark.value = reason ?? "";
  });
}

export function closeAll(): void {
  aim.now = { kind: "first" };
  opened.value = [];
}

/** Choose a box and go to it; what it lies in is opened. */
export async function jumpTo(path: string): Promise<void> {
  const graph = model.peek();
  if (!graph) return;
  const needed = index.peek()?.boxFor(path) ? [] : await graph.reveal(path);
  if (graph !== model.peek()) return;
  const have = new Set(opened.peek());
  const missing = needed.filter((one) => !have.has(one));
  batch(() => {
    aim.now = { kind: "go", path };
    selected.value = path;
    if (missing.length) opened.value = [...opened.peek(), ...missing];
  });
  if (!missing.length) goes.forEach((go) => void go(path));
}

/** Who shows the scene: told to go to a box that is there. */
export const goes = new Set<(path: string) => void>();

export function moveOut(box: Box): void {
  keepNear();
  batch(() => {
    included.value = without(included.peek(), box.path);
    extracted.value = withOne(extracted.peek(), box.path);
  });
}

export function moveIn(box: Box): void {
  keepNear();
  batch(() => {
    extracted.value = without(extracted.peek(), box.path);
    included.value = withOne(included.peek(), box.path);
  });
}

/** Draw the blocks of a series one by one, or fold them into one again. */
export function ungroup(path: string): void {
  keepNear();
  ungrouped.value = withOne(ungrouped.peek(), path);
}

export function group(path: string): void {
  keepNear();
  ungrouped.value = without(ungrouped.peek(), path);
}

/** The next scene is seen from where this one is. */
function keepNear(): void {
  aim.now = { kind: "keep", path: "" };
}

export function trace(path: string, how: Tracing): void {
  batch(() => {
    selected.value = path;
    tracing.value = how;
  });
}
