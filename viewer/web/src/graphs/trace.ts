/** What an operation depends on, directly or not, or what depends on it. */

import type { Graph } from "./shown";

/** Paths of all boxes that hold something upstream of an item, or downstream; its own are among them. */
export function traceFrom({ tree, wires }: Graph, item: number, direction: "inputs" | "outputs"): string[] {
  const isSeen = new Uint8Array(tree.path.length);
  const waiting: number[] = [];
  const see = (op: number): void => {
    if (isSeen[op]) return;
    waiting.push(op);
    for (let at = op; at >= 0 && !isSeen[at]; at = tree.parent[at] ?? -1) isSeen[at] = 1;
  };
  for (let at = tree.start[item] ?? 0; at < (tree.end[item] ?? 0); at++) see(tree.order[at] ?? 0);
  const isUp = direction === "inputs";
  for (let op = waiting.pop(); op !== undefined; op = waiting.pop()) {
    for (const edge of (isUp ? wires.into : wires.out).of(op)) see((isUp ? wires.source : wires.target)[edge] ?? 0);
  }
  const found: string[] = [];
  for (let at = 0; at < tree.path.length; at++) if (isSeen[at] && at !== tree.ops) found.push(tree.path[at] ?? "");
  return found;
}
