/** What is drawn of a graph, and what can be asked of one: the words that the page and the worker share. */

/** `series`: numbered repeated blocks folded into one; `function`: the body of a function of the library. */
export type BoxKind = "scope" | "series" | "op" | "function";

/** A constant, variable or summary that is folded onto the box it feeds, or is fed by. */
export interface Attachment {
  name: string;
  op: string;
  id: number;
  path: string;
  /** It feeds the box; else the box feeds it. */
  isInput: boolean;
}

export interface Box {
  /** Stays the same for a path while the graph is open. */
  id: number;
  /** Full name; "" is the root. */
  path: string;
  /** Last part, as shown. */
  name: string;
  kind: BoxKind;
  /** Type of an operation ("Conv2d", "aten::relu"); "" for other boxes. */
  op: string;
  /** Id of the enclosing open box; -1 at the top. */
  parent: number;
  depth: number;
  /** Its children are in the scene too. */
  isExpanded: boolean;
  canExpand: boolean;
  /** Operations inside; 1 for an operation. */
  count: number;
  /** Left, in units of the scene: one CSS pixel at zoom 1. */
  x: number;
  /** Top. */
  y: number;
  width: number;
  height: number;
  /** Equal for boxes with equal insides; -1 if there is no other. */
  structure: number;
  /** Index into `Overview.devices`; -1 none, -2 several. */
  device: number;
  /** Microseconds, all that is inside together; null if not known. */
  time: number | null;
  /** Bytes. */
  memory: number | null;
  /** A node of very many edges that is drawn beside the main graph. */
  isExtracted: boolean;
  attachments: readonly Attachment[];
  /** Further ones that are not listed. */
  moreAttachments: number;
}

export interface Edge {
  /** Ids of boxes in the scene. */
  from: number;
  to: number;
  /** x0, y0, x1, y1, …: points that a smooth curve is led along. */
  points: Float32Array;
  /** Shape of the tensor ("32×64×7×7") or "5 tensors"; "" if not known. */
  label: string;
  /** Elements of the largest tensor; null if not known. */
  size: number | null;
  /** Tensors that the line stands for. */
  count: number;
  /** Only an order of execution, no tensor. */
  isControl: boolean;
}

export interface Scene {
  /** Outer boxes before those that lie in them. */
  boxes: readonly Box[];
  edges: readonly Edge[];
  width: number;
  height: number;
  layoutMs: number;
  /** What is drawn otherwise than usual, in words: a scope of very many children, say. */
  notes: readonly string[];
}

export type Direction = "down" | "right";

/** What is open, and what the user moved. All by path. */
export interface View {
  expanded: readonly string[];
  /** Moved out of the main graph. */
  extracted: readonly string[];
  /** Moved into the main graph, of those that would be drawn beside it. */
  included: readonly string[];
  /** Series whose blocks are drawn one by one. */
  ungrouped: readonly string[];
  direction: Direction;
}

/** Once per graph. */
export interface Overview {
  /** `graph_def`, `meta_graph_def`, `run_metadata` or `keras_model`; of a file also `onnx`. */
  form: string;
  ops: number;
  scopes: number;
  devices: readonly string[];
  /** The commonest first. */
  opTypes: readonly { name: string; count: number }[];
  hasTime: boolean;
  hasMemory: boolean;
  /** Of the box at the top that took most. */
  maxTime: number;
  maxMemory: number;
  /** What could not be read, or was cut, in words. */
  notes: readonly string[];
  /** How many different insides occur more than once. */
  structures: number;
  /** What to open at first, so that there is something to see: the scope that is nearly all of the graph. */
  initial: readonly string[];
}

export interface Neighbor {
  path: string;
  /** Shape of the tensor; "" if not known. */
  label: string;
  isControl: boolean;
}

/** What the panel says of a node. */
export interface NodeFacts {
  path: string;
  kind: BoxKind;
  op: string;
  device: string;
  count: number;
  attributes: readonly { name: string; value: string }[];
  inputs: readonly Neighbor[];
  outputs: readonly Neighbor[];
  /** Neighbours that are not listed. */
  moreInputs: number;
  moreOutputs: number;
  time: number | null;
  memory: number | null;
  /** Of an operation: what each output is, such as "float32 32×64×7×7". */
  outputSizes: readonly string[];
  /** Of a series or scope: paths of its children. */
  members: readonly string[];
  moreMembers: number;
  /** Of a function: who calls it; of a caller: the function. */
  uses: readonly string[];
}

export interface SearchAnswer {
  paths: readonly string[];
  total: number;
  error: string | null;
}

/** A handle on an open graph, which lives in a worker. */
export interface GraphModel {
  overview: Overview;
  /**
   * Lay a view out. A later call overtakes an earlier one, which then fails with an `AbortError`; so does one that takes
   * too long, with an `Error` that says so.
   */
  layout(view: View): Promise<Scene>;
  /** All paths that have to be open for `path` to be in the scene. */
  reveal(path: string): Promise<readonly string[]>;
  /** Paths that match plain words or a regular expression, at most `limit`. */
  search(pattern: string, isRegex: boolean, limit: number): Promise<SearchAnswer>;
  /** All boxes that hold something upstream of a path ("inputs") or downstream, by path. */
  trace(path: string, direction: "inputs" | "outputs"): Promise<ReadonlySet<string>>;
  facts(path: string): Promise<NodeFacts>;
  /** What "expand all" opens below a path; if that is more than can be drawn, what can be, and why not more. */
  expandAll(under: string): Promise<{ expanded: readonly string[]; reason: string | null }>;
  close(): void;
}

/** A graph that a run has. */
export interface LoggedGraph {
  run: string;
  tag: string;
  /** What it was logged as: `graph_def`, `meta_graph_def`, `run_metadata` or `keras_model`. */
  form: string;
  /** What to call that in the page: "op graph", "conceptual graph", "profile". */
  title: string;
  step: readonly number[];
  /** Index of the first step that is listed. */
  first: number;
  /** Seconds since the epoch. */
  wallTime: readonly number[];
}
