/**
 * The hierarchy of a graph: scopes by the "/" in names, functions, and series of numbered blocks.
 *
 * Everything that can be a box is an item with a number: operations first, as in the table, then the root, the scopes,
 * the series. Operations are put in one order in which each item's are next to each other, so that an item is a range.
 */

import type { GraphTable } from "../api/graphs";
import type { BoxKind } from "./scene";
import { seriesOf } from "./series";
import type { Small } from "./small";
import { structuresOf } from "./structure";

export interface Tree {
  table: GraphTable;
  /** Number of operations, which is the item number of the root. */
  ops: number;
  /** By item. */
  path: string[];
  name: string[];
  kind: BoxKind[];
  parent: number[];
  /** In the order of the table; of a series its members. */
  children: number[][];
  /** The operations of an item are `order[start]` to `order[end - 1]`. */
  start: Int32Array;
  end: Int32Array;
  order: Int32Array;
  /** Equal for items with equal insides; see `structuresOf`. */
  structure: Int32Array;
  /** By path. */
  items: ReadonlyMap<string, number>;
  /** Scopes of functions, by item. */
  functions: ReadonlyMap<number, string>;
}

/** What is known before items are numbered through. */
export interface Growing {
  table: GraphTable;
  ops: number;
  path: string[];
  name: string[];
  kind: BoxKind[];
  parent: number[];
  children: number[][];
  items: Map<string, number>;
}

export function treeOf(table: GraphTable, small: Small): Tree {
  const ops = table.name.length;
  const growing: Growing = {
    table,
    ops,
    path: table.name.map((name, at) => join(table.scopes[table.scope[at] ?? 0] ?? "", name)),
    name: [...table.name],
    kind: new Array<BoxKind>(ops).fill("op"),
    parent: new Array<number>(ops).fill(-1),
    children: Array.from({ length: ops }, () => []),
    items: new Map(),
  };
  growing.path.forEach((path, at) => {
    growing.items.set(path, at);
  });
  addItem(growing, "", "", "scope", -1);
  const functions = new Map(table.functions);
  const scopeItems = table.scopes.map((scope) => scopeItem(growing, scope, functions));
  for (let at = 0; at < ops; at++) adopt(growing, at, scopeItems[table.scope[at] ?? 0] ?? ops);
  liftLonely(growing);
  sortChildren(growing);
  const structure = structuresOf(growing, small);
  seriesOf(growing, structure, new Set(small.constants));
  const tree = { ...growing, ...ranges(growing), structure: Int32Array.from(structure) };
  const byItem = new Map<number, string>();
  for (const [scope, name] of table.functions) {
    const item = growing.items.get(scope);
    if (item !== undefined) byItem.set(item, name);
  }
  return { ...tree, functions: byItem };
}

export const join = (scope: string, name: string): string => (scope ? `${scope}/${name}` : name);

export function addItem(growing: Growing, path: string, name: string, kind: BoxKind, parent: number): number {
  const item = growing.path.length;
  growing.path.push(path);
  growing.name.push(name);
  growing.kind.push(kind);
  growing.parent.push(parent);
  growing.children.push([]);
  if (path) growing.items.set(path, item);
  return item;
}

function adopt(growing: Growing, item: number, parent: number): void {
  growing.parent[item] = parent;
  growing.children[parent]?.push(item);
}

/** The item of a scope; made, with those around it, where there is none. */
function scopeItem(growing: Growing, scope: string, functions: ReadonlyMap<string, string>): number {
  if (!scope) return growing.ops;
  const parts = scope.split("/");
  let parent = growing.ops;
  let path = "";
  for (const part of parts) {
    path = join(path, part);
    let item = growing.items.get(path);
    if (item === undefined) {
      item = addItem(growing, path, part, functions.has(path) ? "function" : "scope", parent);
      growing.children[parent]?.push(item);
    }
    parent = item;
  }
  return parent;
}

/** A scope that holds nothing but one operation is drawn as that: torch has one around each weight. */
function liftLonely(growing: Growing): void {
  const { ops, path, name, kind, parent, children, items } = growing;
  const lifted = new Map<number, number>();
  // Inner scopes have higher numbers than those around them.
  for (let item = path.length - 1; item > ops; item--) {
    const [first, ...others] = children[item] ?? [];
    const only = lifted.get(first ?? -1) ?? first;
    if (only === undefined || others.length || only >= ops || kind[item] === "function") continue;
    lifted.set(item, only);
    parent[only] = parent[item] ?? -1;
    name[only] = name[item] ?? "";
    children[item] = [];
    items.set(path[item] ?? "", only);
  }
  if (!lifted.size) return;
  for (const item of lifted.keys()) parent[item] = -1;
  for (let item = ops; item < path.length; item++)
    children[item] = (children[item] ?? []).map((child) => lifted.get(child) ?? child);
}

/** Children in the order in which the table first mentions what is in them. */
function sortChildren({ ops, path, parent, children }: Growing): void {
  const first = new Int32Array(path.length).fill(-1);
  for (let op = 0; op < ops; op++) {
    for (let item = op; item >= 0 && first[item] === -1; item = parent[item] ?? -1) first[item] = op;
  }
  for (const of of children) of.sort((a, b) => (first[a] ?? 0) - (first[b] ?? 0));
}

function ranges({ ops, path, children }: Growing): Pick<Tree, "start" | "end" | "order"> {
  const start = new Int32Array(path.length);
  const end = new Int32Array(path.length);
  const order = new Int32Array(ops);
  let placed = 0;
  // Without recursion: scopes may lie in each other as deep as somebody likes.
  const waiting = [{ item: ops, next: 0 }];
  while (waiting.length) {
    const top = waiting[waiting.length - 1];
    if (!top) break;
    if (top.next === 0) start[top.item] = placed;
    const child = children[top.item]?.[top.next++];
    if (child === undefined) {
      if (top.item < ops) order[placed++] = top.item;
      end[top.item] = placed;
      waiting.pop();
    } else waiting.push({ item: child, next: 0 });
  }
  return { start, end, order };
}

/** Items around an item, from the outermost on, without the root. */
export function around(tree: Tree, item: number): number[] {
  const found: number[] = [];
  for (let at = tree.parent[item] ?? -1; at >= 0 && at !== tree.ops; at = tree.parent[at] ?? -1) found.push(at);
  return found.reverse();
}
