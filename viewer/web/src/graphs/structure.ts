/** Which items have equal insides: the same kinds of operations, nested and connected in the same way. */

import type { Small } from "./small";
import type { Growing } from "./tree";

/**
 * A number by item, equal for equal insides.
 *
 * An operation is told by its type; a scope by those of its children and by which kinds of children feed which. Where
 * two inner parts are alike, which of them feeds what is not looked at: that would take comparing graphs. Literals do not
 * count: torch has one that many blocks use in the first of these.
 */
export function structuresOf(growing: Growing, { isLiteral }: Small): number[] {
  const { ops, table, path, children } = growing;
  const numbers = new Map<string, number>();
  const number = (key: string): number => {
    let found = numbers.get(key);
    if (found === undefined) {
      found = numbers.size;
      numbers.set(key, found);
    }
    return found;
  };
  const structure = new Array<number>(path.length).fill(-1);
  for (let item = 0; item < ops; item++) structure[item] = number(`op ${table.op[item]}`);
  const inner = edgesByScope(growing, isLiteral);
  for (const item of bottomUp(growing)) {
    const counted = (children[item] ?? []).filter((child) => !isLiteral[child]);
    const kinds = counted.map((child) => structure[child] ?? -1).sort((a, b) => a - b);
    const wires = (inner.get(item) ?? []).map(([from, to]) => `${structure[from]}>${structure[to]}`).sort();
    structure[item] = number(`scope ${kinds.join(" ")} | ${wires.join(" ")}`);
  }
  return structure;
}

/** Scopes such that each comes after those in it. */
function bottomUp({ ops, children }: Growing): number[] {
  const found: number[] = [];
  const waiting = [ops];
  while (waiting.length) {
    const item = waiting.pop() as number;
    if (item < ops) continue;
    found.push(item);
    for (const child of children[item] ?? []) waiting.push(child);
  }
  return found.reverse();
}

/** Between which of its children the edges of each scope run. */
function edgesByScope({ table, parent }: Growing, isLiteral: Uint8Array): Map<number, [number, number][]> {
  const found = new Map<number, [number, number][]>();
  const depth = depths(parent);
  const { source, target } = table.edges;
  for (let at = 0; at < source.length; at++) {
    let a = source[at] ?? 0;
    let b = target[at] ?? 0;
    if (a === b || isLiteral[a]) continue;
    while ((depth[a] ?? 0) > (depth[b] ?? 0)) a = parent[a] ?? 0;
    while ((depth[b] ?? 0) > (depth[a] ?? 0)) b = parent[b] ?? 0;
    while (parent[a] !== parent[b]) {
      a = parent[a] ?? 0;
      b = parent[b] ?? 0;
    }
    if (a === b) continue;
    const scope = parent[a] ?? 0;
    const edges = found.get(scope);
    if (edges) edges.push([a, b]);
    else found.set(scope, [[a, b]]);
  }
  return found;
}

export function depths(parent: readonly number[]): Int32Array {
  const depth = new Int32Array(parent.length).fill(-1);
  for (let item = 0; item < parent.length; item++) {
    const chain: number[] = [];
    let at = item;
    while (at >= 0 && (depth[at] ?? -1) < 0) {
      chain.push(at);
      at = parent[at] ?? -1;
    }
    let known = at >= 0 ? (depth[at] ?? 0) : -1;
    for (const one of chain.reverse()) depth[one] = ++known;
  }
  return depth;
}
