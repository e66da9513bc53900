/** What is summed up over the inside of boxes: time, memory, devices, and which boxes are alike. */

import type { Tree } from "./tree";

export interface Measures {
  time: Float64Array;
  memory: Float64Array;
  /** Microseconds; null if nothing is known of any operation inside. */
  timeOf(item: number): number | null;
  memoryOf(item: number): number | null;
  /** Index of the device; -1 none, -2 several. */
  device: Int32Array;
  /** A small number, the same for scopes of equal insides; -1 where there is no other such scope. */
  repeated: Int32Array;
  structures: number;
}

export function measuresOf(tree: Tree): Measures {
  const { table } = tree;
  const time = sums(tree, (op) => Number(table.time[op] ?? Number.NaN));
  const memory = sums(tree, (op) => table.memory[op] ?? Number.NaN);
  return {
    time: time.sum,
    memory: memory.sum,
    timeOf: (item) => (time.known[item] ? (time.sum[item] ?? 0) : null),
    memoryOf: (item) => (memory.known[item] ? (memory.sum[item] ?? 0) : null),
    device: devices(tree),
    ...repeats(tree),
  };
}

/** Over the operations of each item; what is no number is left out. */
function sums(tree: Tree, of: (op: number) => number): { sum: Float64Array; known: Uint8Array } {
  const { ops, order, start, end } = tree;
  const total = new Float64Array(ops + 1);
  const count = new Int32Array(ops + 1);
  for (let at = 0; at < ops; at++) {
    const value = of(order[at] ?? 0);
    const isKnown = Number.isFinite(value);
    total[at + 1] = (total[at] ?? 0) + (isKnown ? value : 0);
    count[at + 1] = (count[at] ?? 0) + (isKnown ? 1 : 0);
  }
  const sum = new Float64Array(tree.path.length);
  const known = new Uint8Array(tree.path.length);
  for (let item = 0; item < tree.path.length; item++) {
    const [first, last] = [start[item] ?? 0, end[item] ?? 0];
    sum[item] = (total[last] ?? 0) - (total[first] ?? 0);
    known[item] = (count[last] ?? 0) > (count[first] ?? 0) ? 1 : 0;
  }
  return { sum, known };
}

function devices({ table, path, ops, children, parent }: Tree): Int32Array {
  const found = new Int32Array(path.length).fill(-1);
  const waiting = [{ item: ops, isDone: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, isDone } = next;
    if (item < ops) found[item] = table.device[item] ?? -1;
    else if (!isDone) {
      waiting.push({ item, isDone: true });
      for (const child of children[item] ?? []) waiting.push({ item: child, isDone: false });
      continue;
    }
    const above = parent[item] ?? -1;
    const own = found[item] ?? -1;
    if (above < 0 || own === -1) continue;
    if (found[above] === -1) found[above] = own;
    else if (found[above] !== own) found[above] = -2;
  }
  return found;
}

function repeats({ structure, path, ops, kind, end, start }: Tree): Pick<Measures, "repeated" | "structures"> {
  const counts = new Map<number, number>();
  const isScope = (item: number): boolean =>
    item > ops && kind[item] !== "series" && (end[item] ?? 0) > (start[item] ?? 0);
  for (let item = ops + 1; item < path.length; item++) {
    const own = structure[item] ?? -1;
    if (isScope(item)) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const numbers = new Map<number, number>();
  const repeated = new Int32Array(path.length).fill(-1);
  for (let item = ops + 1; item < path.length; item++) {
    const own = structure[item] ?? -1;
    if (!isScope(item) || (counts.get(own) ?? 0) < 2) continue;
    let number = numbers.get(own);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(own, number);
    }
    repeated[item] = number;
  }
  return { repeated, structures: numbers.size };
}
