/** What the panel says of a box, as far as the structure of the graph tells it. */

import type { Measures } from "./measures";
import type { Neighbor, NodeFacts } from "./scene";
import type { Graph } from "./shown";

/** What is known in the worker; `op` is the operation whose attributes are to be asked for, -1 if it is none. */
export type OpenFacts = Omit<NodeFacts, "attributes"> & {
  node: number;
  attributes: readonly { name: string; value: string }[];
};

const MOST_NEIGHBORS = 200;
const MOST_MEMBERS = 500;

export function factsOf(graph: Graph, measures: Measures, item: number): OpenFacts {
  const { tree } = graph;
  const { table } = tree;
  const isOp = item < tree.ops;
  const inputs = neighbors(graph, item, true);
  const outputs = neighbors(graph, item, false);
  const members = isOp ? [] : (tree.children[item] ?? []);
  const described = table.described.find(([scope]) => scope === tree.path[item]);
  const device = measures.device[item] ?? -1;
  return {
    node: isOp ? item : -1,
    path: tree.path[item] ?? "",
    kind: tree.kind[item] ?? "op",
    op: isOp ? (table.ops[table.op[item] ?? 0] ?? "") : (described?.[1] ?? ""),
    device: device === -2 ? "several" : (table.devices[device] ?? ""),
    count: (tree.end[item] ?? 0) - (tree.start[item] ?? 0),
    attributes: (described?.[2] ?? []).map(([name, value]) => ({ name, value })),
    inputs: inputs.slice(0, MOST_NEIGHBORS),
    outputs: outputs.slice(0, MOST_NEIGHBORS),
    moreInputs: Math.max(inputs.length - MOST_NEIGHBORS, 0),
    moreOutputs: Math.max(outputs.length - MOST_NEIGHBORS, 0),
    time: measures.timeOf(item),
    memory: measures.memoryOf(item),
    outputSizes: isOp ? outputSizes(graph, item) : [],
    members: members.slice(0, MOST_MEMBERS).map((child) => tree.path[child] ?? ""),
    moreMembers: Math.max(members.length - MOST_MEMBERS, 0),
    uses: uses(graph, item),
  };
}

/** Operations outside of an item that feed it, or are fed by it; each once for what it sends. */
function neighbors({ tree, wires }: Graph, item: number, isInput: boolean): Neighbor[] {
  const { table } = tree;
  const first = tree.start[item] ?? 0;
  const last = tree.end[item] ?? 0;
  const isInside = new Set(tree.order.subarray(first, last));
  const found = new Map<string, Neighbor>();
  for (const op of isInside) {
    for (const edge of (isInput ? wires.into : wires.out).of(op)) {
      const other = (isInput ? wires.source : wires.target)[edge] ?? 0;
      if (isInside.has(other) && (item >= tree.ops || other !== op)) continue;
      const isControl = wires.isControl(edge);
      const label = isControl ? "" : (table.shapes[table.edges.shape[edge] ?? 0] ?? "");
      const path = tree.path[other] ?? "";
      found.set(`${path} ${label} ${isControl}`, { path, label, isControl });
    }
  }
  return [...found.values()].sort((a, b) => Number(a.isControl) - Number(b.isControl));
}

function outputSizes({ tree }: Graph, op: number): string[] {
  const { table } = tree;
  const told = table.outputs[op] ?? [];
  const found: string[] = [];
  for (let at = 0; at < told.length; at += 2) {
    const type = table.types[told[at] ?? 0] ?? "";
    const shape = table.shapes[told[at + 1] ?? 0] ?? "";
    found.push([type, shape || "unknown shape"].filter(Boolean).join(" "));
  }
  return found;
}

/** Who calls a function; of a caller, the functions. */
function uses({ tree }: Graph, item: number): string[] {
  const { calls } = tree.table;
  const own = tree.path[item] ?? "";
  if (item < tree.ops) return [...new Set(calls.filter(([op]) => op === item).map(([, scope]) => scope))];
  const callers = calls.filter(([, scope]) => scope === own).map(([op]) => tree.path[op] ?? "");
  return [...new Set(callers)].slice(0, MOST_MEMBERS);
}
