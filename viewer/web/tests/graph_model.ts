/** Graphs made up for tests. */

import type { GraphTable } from "../src/api/graphs";
import type { View } from "../src/graphs/scene";
import { GraphSession } from "../src/graphs/session";

/** Numbers as if drawn by chance, the same each time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Name, type, and by name what feeds it; `^` before that: only an order. */
export type Node = [path: string, op: string, ...inputs: string[]];

export interface Extra {
  device?: string;
  time?: number;
  memory?: number;
  shape?: string;
}

export function tableOf(nodes: readonly Node[], extra: Record<string, Extra> = {}): GraphTable {
  const places = <T>(): { of(value: T): number; all: T[] } => {
    const known = new Map<T, number>();
    const all: T[] = [];
    return {
      all,
      of(value) {
        if (!known.has(value)) known.set(value, all.push(value) - 1);
        return known.get(value) ?? -1;
      },
    };
  };
  const scopes = places<string>();
  const ops = places<string>();
  const devices = places<string>();
  const shapes = places<string>();
  shapes.of("");
  const table: GraphTable = {
    ...{ form: "graph_def", scopes: scopes.all, scope: [], name: [], ops: ops.all, op: [] },
    ...{ devices: devices.all, device: [], time: [], memory: [], shapes: shapes.all, sizes: [], types: ["float32"] },
    ...{ edges: { source: [], target: [], port: [], shape: [] }, outputs: [], functions: [], calls: [] },
    ...{ described: [], notes: [] },
  };
  const at = new Map(nodes.map(([path], index) => [path, index]));
  const told = Object.values(extra);
  nodes.forEach(([path, op, ...inputs], index) => {
    const cut = path.lastIndexOf("/");
    table.scope.push(scopes.of(path.slice(0, Math.max(cut, 0))));
    table.name.push(path.slice(cut + 1));
    table.op.push(ops.of(op));
    const own = extra[path] ?? {};
    table.device.push(own.device ? devices.of(own.device) : -1);
    if (told.some(({ time }) => time !== undefined)) table.time.push(own.time ?? null);
    if (told.some(({ memory }) => memory !== undefined)) table.memory.push(own.memory ?? null);
    table.outputs.push([]);
    for (const input of inputs) {
      const isControl = input.startsWith("^");
      const [name = "", port = "0"] = input.replace("^", "").split(":");
      const source = at.get(name);
      if (source === undefined) throw new Error(`no node ${name}`);
      table.edges.source.push(source);
      table.edges.target.push(index);
      table.edges.port.push(isControl ? -1 : Number(port));
      table.edges.shape.push(shapes.of(isControl ? "" : (extra[name]?.shape ?? "")));
    }
  });
  table.sizes = shapes.all.map((shape) =>
    shape ? shape.split("×").reduce((all, size) => all * Number(size), 1) : null,
  );
  return table;
}

export const sessionOf = (nodes: readonly Node[], extra: Record<string, Extra> = {}): GraphSession =>
  new GraphSession(tableOf(nodes, extra));

export const view = (expanded: readonly string[] = [], more: Partial<View> = {}): View => ({
  ...{ expanded, extracted: [], included: [], ungrouped: [], direction: "down" },
  ...more,
});

/** A graph of any kind: scopes in scopes, constants, orders, cycles. */
export function anyGraph(seed: number, count: number): Node[] {
  const random = chance(seed);
  const pick = (of: number): number => Math.floor(random() * of);
  const nodes: Node[] = [];
  for (let at = 0; at < count; at++) {
    const depth = pick(4);
    const scope = Array.from({ length: depth }, (_, level) => `s${pick(3)}${"abc"[level]}`).join("/");
    const path = `${scope ? `${scope}/` : ""}n${at}`;
    const isConstant = random() < 0.15;
    const inputs = isConstant || !at ? [] : Array.from({ length: pick(4) }, () => nodes[pick(at)]?.[0] ?? "");
    const orders = random() < 0.1 && at ? [`^${nodes[pick(at)]?.[0]}`] : [];
    nodes.push([path, isConstant ? "Const" : `Op${pick(5)}`, ...inputs.filter(Boolean), ...orders]);
  }
  for (let back = 0; back < count / 20; back++) nodes[pick(count)]?.push(nodes[pick(count)]?.[0] ?? "");
  return nodes;
}
