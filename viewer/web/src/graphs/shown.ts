/** What of a graph is in the picture when some boxes are open: the boxes, and the lines between them. */

import type { Attachment, View } from "./scene";
import type { Small } from "./small";
import type { Tree } from "./tree";
import type { Wires } from "./wires";

/** A line between two boxes: all tensors that run from one to the other. */
export interface Line {
  from: number;
  to: number;
  count: number;
  /** Place of the shape in the table, of the first tensor whose shape is known; 0 if none is. */
  shape: number;
  /** Elements of the largest. */
  size: number | null;
  isControl: boolean;
}

export interface Shown {
  /** Items that are boxes, outer before inner. */
  boxes: number[];
  /** By box: the box around it; the root is in none. */
  outer: Map<number, number>;
  depth: Map<number, number>;
  open: ReadonlySet<number>;
  /** Boxes directly in a box, or in the root; without those that are folded. */
  inner: Map<number, number[]>;
  lines: Line[];
  extracted: ReadonlySet<number>;
  attachments: ReadonlyMap<number, Attachment[]>;
}

export interface Graph {
  tree: Tree;
  wires: Wires;
  small: Small;
}

/** A constant that more boxes use stays a box of its own. */
const MOST_FOLDED_ONTO = 5;
/** Lines of a box from which on it may be taken out of the main graph. */
const LEAST_EXTRACTED = 8;

export function shownIn(graph: Graph, view: View): Shown {
  const { tree } = graph;
  const wanted = itemsOf(tree, view);
  const { boxes, outer, depth, open, holder } = look(tree, wanted);
  const attachments = new Map<number, Attachment[]>();
  const folded = fold(graph, holder, outer, wanted.included, attachments);
  const shownBoxes = boxes.filter((box) => !folded.has(box));
  const every = bundle(graph, holder, folded);
  const extracted = extract(tree, every, outer, wanted, new Set(shownBoxes), open);
  const lines = every.filter((line) => !moveAside(tree, line, outer, extracted, attachments));
  const inner = new Map<number, number[]>();
  for (const box of shownBoxes) {
    const parent = outer.get(box) ?? tree.ops;
    const siblings = inner.get(parent);
    if (siblings) siblings.push(box);
    else inner.set(parent, [box]);
  }
  for (const attached of attachments.values()) attached.sort((a, b) => Number(isNumber(a)) - Number(isNumber(b)));
  return { boxes: shownBoxes, outer, depth, open, inner, lines, extracted, attachments };
}

/** Names that say something come first: torch calls its constants by numbers. */
const isNumber = ({ name }: Attachment): boolean => /^\d+$/.test(name);

interface Wanted {
  expanded: ReadonlySet<number>;
  extracted: ReadonlySet<number>;
  included: ReadonlySet<number>;
  ungrouped: ReadonlySet<number>;
}

function itemsOf({ items }: Tree, view: View): Wanted {
  const of = (paths: readonly string[]): Set<number> =>
    new Set(
      paths.flatMap((path) => {
        const item = items.get(path);
        return item === undefined ? [] : [item];
      }),
    );
  return {
    expanded: of(view.expanded),
    extracted: of(view.extracted),
    included: of(view.included),
    ungrouped: of(view.ungrouped),
  };
}

/** The boxes, and by operation the innermost box that holds it. */
function look(
  tree: Tree,
  { expanded, ungrouped }: Wanted,
): Pick<Shown, "boxes" | "outer" | "depth" | "open"> & { holder: Int32Array } {
  const boxes: number[] = [];
  const outer = new Map<number, number>();
  const depth = new Map<number, number>();
  const open = new Set<number>();
  const holder = new Int32Array(tree.ops);
  const waiting: { item: number; around: number; depth: number }[] = [];
  const enter = (item: number, around: number, level: number): void => {
    const children = tree.children[item] ?? [];
    for (let at = children.length - 1; at >= 0; at--) waiting.push({ item: children[at] ?? 0, around, depth: level });
  };
  enter(tree.ops, tree.ops, 0);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, around, depth: level } = next;
    if (ungrouped.has(item)) {
      enter(item, around, level);
      continue;
    }
    boxes.push(item);
    if (around !== tree.ops) outer.set(item, around);
    depth.set(item, level);
    if (expanded.has(item) && tree.children[item]?.length) {
      open.add(item);
      enter(item, item, level + 1);
      continue;
    }
    for (let at = tree.start[item] ?? 0; at < (tree.end[item] ?? 0); at++) holder[tree.order[at] ?? 0] = item;
  }
  return { boxes, outer, depth, open, holder };
}

/** Constants and summaries that are boxes become attachments of what they feed, or are fed by; these are returned. */
function fold(
  graph: Graph,
  holder: Int32Array,
  outer: ReadonlyMap<number, number>,
  included: ReadonlySet<number>,
  attachments: Map<number, Attachment[]>,
): Set<number> {
  const { tree, wires, small } = graph;
  const onto = new Map<number, Set<number>>();
  const isFree = (op: number): boolean => holder[op] === op && !included.has(op);
  for (let place = small.constants.length - 1; place >= 0; place--) {
    const op = small.constants[place] ?? 0;
    if (!isFree(op)) continue;
    const users = usersOf(graph, holder, outer, onto, op);
    if (users.size) onto.set(op, users);
  }
  for (const op of small.constants) for (const box of onto.get(op) ?? []) attach(tree, attachments, box, op, true);
  for (const op of small.summaries) {
    if (!isFree(op)) continue;
    const [edge = 0, ...others] = wires.into.of(op);
    const box = holder[wires.source[edge] ?? 0] ?? 0;
    if (others.some((other) => holder[wires.source[other] ?? 0] !== box) || box === op || onto.has(box)) continue;
    onto.set(op, new Set([box]));
    attach(tree, attachments, box, op, false);
  }
  return new Set(onto.keys());
}

/**
 * The boxes that a constant is folded onto; none if it stays a box. A literal is shown wherever an operation uses it,
 * and at no closed box in another scope; a weight only where few boxes use it.
 */
function usersOf(
  { tree, wires, small }: Graph,
  holder: Int32Array,
  outer: ReadonlyMap<number, number>,
  onto: ReadonlyMap<number, ReadonlySet<number>>,
  op: number,
): Set<number> {
  const users = new Set<number>();
  const isLiteral = small.isLiteral[op] === 1;
  for (const edge of wires.out.of(op)) {
    const user = wires.target[edge] ?? 0;
    for (const box of onto.get(user) ?? [holder[user] ?? 0])
      if (!isLiteral || box < tree.ops || outer.get(box) === outer.get(op)) users.add(box);
    if (!isLiteral && users.size > MOST_FOLDED_ONTO) return new Set();
  }
  users.delete(op);
  return users;
}

function attach(
  { name, path, table }: Tree,
  attachments: Map<number, Attachment[]>,
  box: number,
  item: number,
  isInput: boolean,
): void {
  const attachment: Attachment = {
    name: name[item] ?? "",
    op: table.ops[table.op[item] ?? -1] ?? "",
    id: item,
    path: path[item] ?? "",
    isInput,
  };
  const of = attachments.get(box);
  if (of) of.push(attachment);
  else attachments.set(box, [attachment]);
}

/** One line for all tensors between two boxes. */
function bundle({ tree, wires, small }: Graph, holder: Int32Array, folded: ReadonlySet<number>): Line[] {
  const { shape } = tree.table.edges;
  const { sizes } = tree.table;
  const lines = new Map<number, Line>();
  const number = new Map<Line, number>();
  const counted = new Set<number>();
  const many = tree.path.length;
  for (let at = 0; at < wires.source.length; at++) {
    const source = wires.source[at] ?? 0;
    const from = holder[source] ?? 0;
    const to = holder[wires.target[at] ?? 0] ?? 0;
    if (from === to || folded.has(from) || folded.has(to)) continue;
    // One and the same number in two scopes does not connect them.
    if (small.isLiteral[source] && from !== source) continue;
    const key = from * many + to;
    const isControl = wires.isControl(at);
    const known = shape[at] ?? 0;
    const size = sizes[known] ?? null;
    let line = lines.get(key);
    if (!line) {
      line = { from, to, count: 0, shape: known, size, isControl };
      lines.set(key, line);
      number.set(line, number.size);
    }
    const tensor = (number.get(line) ?? 0) * wires.tensors + (wires.tensor[at] ?? 0);
    if (!counted.has(tensor)) line.count += 1;
    counted.add(tensor);
    line.isControl &&= isControl;
    line.shape ||= known;
    if (size !== null) line.size = Math.max(line.size ?? 0, size);
  }
  return [...lines.values()];
}

/** The boxes within one another of which the ends of a line are, on the level where these differ. */
export function meeting(from: number, to: number, outer: ReadonlyMap<number, number>): [number, number] | null {
  const above = [from];
  for (let box = outer.get(from); box !== undefined; box = outer.get(box)) above.push(box);
  const place = new Map(above.map((box, at) => [box, at]));
  let below = to;
  for (let box: number | undefined = to; box !== undefined; box = outer.get(box)) {
    const at = place.get(box);
    if (at === 0 || box === from) return null;
    if (at !== undefined) return box === to ? null : [above[at - 1] ?? from, below];
    below = box;
  }
  return [above[above.length - 1] ?? from, below];
}

/** Boxes that are drawn beside the others of their scope: those that the user moved there, and those of very many lines. */
function extract(
  tree: Tree,
  lines: readonly Line[],
  outer: ReadonlyMap<number, number>,
  wanted: Wanted,
  boxes: ReadonlySet<number>,
  open: ReadonlySet<number>,
): Set<number> {
  const fed = new Map<number, Set<number>>();
  const feeds = new Map<number, Set<number>>();
  for (const { from, to } of lines) {
    const ends = meeting(from, to, outer);
    if (!ends) continue;
    add(feeds, ends[0], ends[1]);
    add(fed, ends[1], ends[0]);
  }
  const found = new Set([...wanted.extracted].filter((item) => boxes.has(item)));
  const degrees = new Map<number, number[]>();
  const degree = (box: number): number => (fed.get(box)?.size ?? 0) + (feeds.get(box)?.size ?? 0);
  for (const box of boxes) {
    const parent = outer.get(box) ?? tree.ops;
    const of = degrees.get(parent);
    if (of) of.push(degree(box));
    else degrees.set(parent, [degree(box)]);
  }
  const limits = new Map([...degrees].map(([parent, of]) => [parent, unusual(of)]));
  for (const box of boxes) {
    // Through what both feeds and is fed the main graph runs.
    const isEnd = !fed.get(box)?.size || !feeds.get(box)?.size;
    const limit = limits.get(outer.get(box) ?? tree.ops) ?? LEAST_EXTRACTED;
    if (isEnd && degree(box) >= limit && !open.has(box) && !wanted.included.has(box)) found.add(box);
  }
  return found;
}

/** How many lines are very many among these numbers of lines. */
function unusual(degrees: number[]): number {
  degrees.sort((a, b) => a - b);
  const quarter = degrees[Math.floor(degrees.length / 4)] ?? 0;
  const upper = degrees[Math.floor((3 * degrees.length) / 4)] ?? 0;
  return Math.max(LEAST_EXTRACTED, upper + 3 * (upper - quarter));
}

function add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

/** Whether a line leads to or from a box beside the main graph: it is told by an attachment of the other end then. */
function moveAside(
  tree: Tree,
  { from, to }: Line,
  outer: ReadonlyMap<number, number>,
  extracted: ReadonlySet<number>,
  attachments: Map<number, Attachment[]>,
): boolean {
  if (!extracted.size) return false;
  const source = asideOf(from, to, outer, extracted);
  const target = asideOf(to, from, outer, extracted);
  if (source !== undefined) attachOnce(tree, attachments, to, source, true);
  if (target !== undefined) attachOnce(tree, attachments, from, target, false);
  return source !== undefined || target !== undefined;
}

/** The outermost box around `box`, and not around `other`, that is drawn beside the main graph. */
function asideOf(
  box: number,
  other: number,
  outer: ReadonlyMap<number, number>,
  extracted: ReadonlySet<number>,
): number | undefined {
  let found: number | undefined;
  const around = new Set<number>();
  for (let at: number | undefined = other; at !== undefined; at = outer.get(at)) around.add(at);
  for (let at: number | undefined = box; at !== undefined && !around.has(at); at = outer.get(at))
    if (extracted.has(at)) found = at;
  return found;
}

function attachOnce(
  tree: Tree,
  attachments: Map<number, Attachment[]>,
  box: number,
  item: number,
  isInput: boolean,
): void {
  if (!attachments.get(box)?.some((known) => known.id === item && known.isInput === isInput))
    attach(tree, attachments, box, item, isInput);
}
