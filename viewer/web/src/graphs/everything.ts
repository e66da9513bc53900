/** What is open when all is. */

import type { Graph } from "./shown";

/** Boxes that can be drawn, moved and picked without delay. */
const MOST_BOXES = 5000;

/** All that can be opened below an item, itself among it: the outer ones first, until there would be too many boxes. */
export function everythingIn({ tree }: Graph, under: number): { expanded: string[]; reason: string | null } {
  const expanded: string[] = [];
  let boxes = 0;
  const waiting = [under];
  for (let place = 0; place < waiting.length; place++) {
    const item = waiting[place] ?? 0;
    const children = tree.children[item] ?? [];
    if (!children.length) continue;
    if (boxes + children.length > MOST_BOXES) {
      const most = MOST_BOXES.toLocaleString("en");
      return { expanded, reason: `Not everything is open: more than ${most} boxes are too many to be drawn at once` };
    }
    boxes += children.length;
    if (item !== tree.ops) expanded.push(tree.path[item] ?? "");
    waiting.push(...children);
  }
  return { expanded, reason: null };
}

/** Boxes that a graph begins with, at most. */
const MOST_AT_FIRST = 60;
/** Of all operations; a scope of more is what the graph is about. */
const MAIN_SHARE = 0.7;

/** Open at first: scopes that hold most of the graph, as long as that gives a picture of few boxes. */
export function openedFirst({ tree }: Graph): string[] {
  const found: string[] = [];
  const count = (item: number): number => (tree.end[item] ?? 0) - (tree.start[item] ?? 0);
  let boxes = tree.children[tree.ops]?.length ?? 0;
  let around = tree.ops;
  for (;;) {
    const main = tree.children[around]?.find((item) => count(item) > MAIN_SHARE * tree.ops);
    if (main === undefined || main < tree.ops) return found;
    boxes += tree.children[main]?.length ?? 0;
    if (boxes > MOST_AT_FIRST) return found;
    found.push(tree.path[main] ?? "");
    around = main;
  }
}
