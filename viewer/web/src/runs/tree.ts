/**
 * Runs as a tree by the parts of their names between slashes.
 *
 * Runs are put in one after the other in the order that is asked for, so a folder stands where the first of its runs
 * would. Folders that hold one thing only are not levels of their own: `a/b/c` is one row. A run whose directory holds
 * others is a folder with that run as its first child.
 */

export interface RunNode {
  kind: "run";
  /** Place of the run in the list of names. */
  run: number;
  label: string;
  /** Whether it is the run of the folder's own directory. */
  isOwn: boolean;
}

export interface FolderNode {
  kind: "folder";
  /** Parts of the directory's name, without a slash at the end. */
  path: string;
  label: string;
  children: readonly TreeNode[];
  /** Its runs are `order[first]` to `order[last - 1]` of the tree. */
  first: number;
  last: number;
}

export type TreeNode = RunNode | FolderNode;

export interface RunTree {
  nodes: readonly TreeNode[];
  /** Places of all runs, from the top row to the last. */
  order: readonly number[];
  /** Paths of all folders. */
  folders: readonly string[];
}

interface Part {
  run: number;
  children: Map<string, Part>;
}

const newPart = (): Part => ({ run: -1, children: new Map() });

/** The tree of `names[i]` for each `i` of `order`. */
export function buildTree(names: readonly string[], order: readonly number[]): RunTree {
  const root = newPart();
  for (const index of order) {
    let part = root;
    for (const name of (names[index] ?? "").split("/")) {
      let next = part.children.get(name);
      if (!next) {
        next = newPart();
        part.children.set(name, next);
      }
      part = next;
    }
    part.run = index;
  }
  const folders: string[] = [];
  const placed: number[] = [];
  const nodesOf = (part: Part, path: string): TreeNode[] =>
    [...part.children].map(([name, child]) => nodeOf(child, name, path ? `${path}/${name}` : name));
  const leaf = (run: number, label: string, isOwn: boolean): RunNode => {
    placed.push(run);
    return { kind: "run", run, label, isOwn };
  };
  const nodeOf = (start: Part, name: string, at: string): TreeNode => {
    let [part, label, path] = [start, name, at];
    while (part.run < 0 && part.children.size === 1) {
      const [[next, child]] = [...part.children] as [[string, Part]];
      label += `/${next}`;
      path += `/${next}`;
      part = child;
    }
    if (part.children.size === 0) return leaf(part.run, label, false);
    folders.push(path);
    const first = placed.length;
    const own = part.run >= 0 ? [leaf(part.run, label.slice(label.lastIndexOf("/") + 1), true)] : [];
    const children = [...own, ...nodesOf(part, path)];
    return { kind: "folder", path, label, children, first, last: placed.length };
  };
  return { nodes: nodesOf(root, ""), order: placed, folders };
}

/** The same runs without folders, each under its whole name. */
export function flatTree(names: readonly string[], order: readonly number[]): RunTree {
  const nodes = order.map((run): RunNode => ({ kind: "run", run, label: names[run] ?? "", isOwn: false }));
  return { nodes, order, folders: [] };
}

/** A row of the list; the place of its parent's row is -1 at the top. */
export interface TreeRow {
  node: TreeNode;
  depth: number;
  parent: number;
  /** Its place among its siblings, from 1, and how many they are. */
  position: number;
  siblings: number;
}

/** The rows that are seen when the folders that `isOpen` names are open. */
export function rowsOf(tree: RunTree, isOpen: (path: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly TreeNode[], depth: number, parent: number): void => {
    nodes.forEach((node, index) => {
      const place = rows.push({ node, depth, parent, position: index + 1, siblings: nodes.length }) - 1;
      if (node.kind === "folder" && isOpen(node.path)) add(node.children, depth + 1, place);
    });
  };
  add(tree.nodes, 0, -1);
  return rows;
}

/** How many of the first n runs of `order` are ticked, for each n: a folder's count is one subtraction. */
export function countTicked(order: readonly number[], isTicked: (run: number) => boolean): Uint32Array {
  const sums = new Uint32Array(order.length + 1);
  for (let i = 0; i < order.length; i++) sums[i + 1] = (sums[i] ?? 0) + (isTicked(order[i] ?? -1) ? 1 : 0);
  return sums;
}
