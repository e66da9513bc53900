/** An open graph, as it lives in the worker: everything that can be asked of one. */

import type { GraphTable } from "../api/graphs";
import { everythingIn, openedFirst } from "./everything";
import { factsOf, type OpenFacts } from "./facts";
import { arrange, type Kept } from "./layout/arrange";
import { MOST_ATTACHMENTS } from "./layout/sizes";
import { type Measures, measuresOf } from "./measures";
import type { Attachment, Box, Edge, Overview, Scene, View } from "./scene";
import { type Graph, type Line, shownIn } from "./shown";
import { smallOf } from "./small";
import { traceFrom } from "./trace";
import { around, treeOf } from "./tree";
import { wiresOf } from "./wires";

export class GraphSession {
  private readonly graph: Graph;
  private readonly measures: Measures;
  private readonly kept: Kept = new Map();
  /** Paths of all items but the root, in the order in which they are searched. */
  private readonly searched: readonly number[];

  constructor(table: GraphTable) {
    const wires = wiresOf(table);
    const small = smallOf(table, wires);
    this.graph = { tree: treeOf(table, small), wires, small };
    const { tree } = this.graph;
    this.measures = measuresOf(tree);
    this.searched = [...tree.items].filter(([path, item]) => tree.path[item] === path).map(([, item]) => item);
  }

  overview(): Overview {
    const { tree } = this.graph;
    const { table } = tree;
    const counts = new Array<number>(table.ops.length).fill(0);
    for (const op of table.op) counts[op] = (counts[op] ?? 0) + 1;
    const opTypes = table.ops.map((name, at) => ({ name, count: counts[at] ?? 0 }));
    const top = tree.children[tree.ops] ?? [];
    const most = (of: ArrayLike<number>): number => top.reduce((found, item) => Math.max(found, of[item] ?? 0), 0);
    return {
      form: table.form,
      ops: tree.ops,
      scopes: this.searched.filter((item) => item > tree.ops).length,
      devices: table.devices,
      opTypes: opTypes.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
      hasTime: table.time.length > 0,
      hasMemory: table.memory.length > 0,
      maxTime: most(this.measures.time),
      maxMemory: most(this.measures.memory),
      notes: table.notes,
      structures: this.measures.structures,
      initial: openedFirst(this.graph),
    };
  }

  layout(view: View): Scene {
    const begun = performance.now();
    const { graph } = this;
    const shown = shownIn(graph, view);
    const arranged = arrange(graph, shown, view.direction, this.kept);
    const boxes = shown.boxes.map((item): Box => {
      const { x, y, width, height } = arranged.place.get(item) ?? { x: 0, y: 0, width: 0, height: 0 };
      const { own, attachments, more } = this.box(item, shown.attachments.get(item) ?? []);
      return {
        ...own,
        parent: shown.outer.get(item) ?? -1,
        depth: shown.depth.get(item) ?? 0,
        isExpanded: shown.open.has(item),
        ...{ x, y, width, height },
        isExtracted: shown.extracted.has(item),
        attachments,
        moreAttachments: more,
      };
    });
    const edges = shown.lines.map((line, at) => this.edge(line, arranged.routes[at] ?? new Float32Array()));
    const notes = arranged.coarse.map((item) => {
      const count = shown.inner.get(item)?.length ?? 0;
      const where = item === graph.tree.ops ? "the graph" : graph.tree.path[item];
      return `${count.toLocaleString("en")} boxes lie side by side in ${where}: they are drawn in rows, and lines may cross boxes`;
    });
    const { width, height } = arranged;
    return { boxes, edges, width, height, layoutMs: performance.now() - begun, notes };
  }

  reveal(path: string): string[] {
    const { tree } = this.graph;
    return around(tree, this.item(path)).map((item) => tree.path[item] ?? "");
  }

  /** All paths, for a regular expression to be run on. */
  paths(): string[] {
    return this.searched.map((item) => this.graph.tree.path[item] ?? "");
  }

  /** Paths that hold all words, upper and lower case being one; those whose own name has them first. */
  search(text: string, limit: number): { paths: string[]; total: number } {
    const { tree } = this.graph;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return { paths: [], total: 0 };
    const inName: string[] = [];
    const inPath: string[] = [];
    for (const item of this.searched) {
      const path = tree.path[item] ?? "";
      const op = item < tree.ops ? (tree.table.ops[tree.table.op[item] ?? 0] ?? "") : "";
      const all = `${path} ${op}`.toLowerCase();
      if (!words.every((word) => all.includes(word))) continue;
      const own = `${tree.name[item]} ${op}`.toLowerCase();
      (words.some((word) => own.includes(word)) ? inName : inPath).push(path);
    }
    const found = [...inName, ...inPath];
    return { paths: found.slice(0, limit), total: found.length };
  }

  trace(path: string, direction: "inputs" | "outputs"): string[] {
    return traceFrom(this.graph, this.item(path), direction);
  }

  facts(path: string): OpenFacts {
    return factsOf(this.graph, this.measures, this.item(path));
  }

  expandAll(under: string): { expanded: string[]; reason: string | null } {
    return everythingIn(this.graph, under ? this.item(under) : this.graph.tree.ops);
  }

  private item(path: string): number {
    const item = path ? this.graph.tree.items.get(path) : this.graph.tree.ops;
    if (item === undefined) throw new Error(`This graph has no ${path.slice(0, 200)}`);
    return item;
  }

  private box(
    item: number,
    attached: readonly Attachment[],
  ): {
    own: Omit<
      Box,
      | "parent"
      | "depth"
      | "isExpanded"
      | "x"
      | "y"
      | "width"
      | "height"
      | "isExtracted"
      | "attachments"
      | "moreAttachments"
    >;
    attachments: readonly Attachment[];
    more: number;
  } {
    const { tree } = this.graph;
    return {
      own: {
        id: item,
        path: tree.path[item] ?? "",
        name: tree.name[item] ?? "",
        kind: tree.kind[item] ?? "op",
        op: item < tree.ops ? (tree.table.ops[tree.table.op[item] ?? 0] ?? "") : "",
        canExpand: (tree.children[item]?.length ?? 0) > 0,
        count: (tree.end[item] ?? 0) - (tree.start[item] ?? 0),
        structure: this.measures.repeated[item] ?? -1,
        device: this.measures.device[item] ?? -1,
        time: this.measures.timeOf(item),
        memory: this.measures.memoryOf(item),
      },
      attachments: attached.slice(0, MOST_ATTACHMENTS),
      more: Math.max(attached.length - MOST_ATTACHMENTS, 0),
    };
  }

  private edge(line: Line, points: Float32Array): Edge {
    const { from, to, count, size, isControl } = line;
    const shape = this.graph.tree.table.shapes[line.shape] ?? "";
    return { from, to, points, label: count > 1 ? `${count} tensors` : shape, size, count, isControl };
  }
}
