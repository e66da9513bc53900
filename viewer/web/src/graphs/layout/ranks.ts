/** In which row each child of a scope stands: below all that feed it. */

export interface Ranks {
  rank: Int32Array;
  /** Edges that lead upwards, because they close a cycle. */
  isBack: Uint8Array;
  rows: number;
}

type Edges = readonly (readonly [from: number, to: number])[];

export function ranksOf(count: number, edges: Edges): Ranks {
  const isBack = backEdges(count, edges);
  const from = (at: number): number => edges[at]?.[isBack[at] ? 1 : 0] ?? 0;
  const to = (at: number): number => edges[at]?.[isBack[at] ? 0 : 1] ?? 0;
  const out = listsBy(count, edges.length, from);
  const waiting = new Int32Array(count);
  for (let at = 0; at < edges.length; at++) waiting[to(at)] = (waiting[to(at)] ?? 0) + 1;
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (!waiting[node]) order.push(node);
  const rank = new Int32Array(count);
  for (let place = 0; place < order.length; place++) {
    const node = order[place] ?? 0;
    for (const at of out.of(node)) {
      const next = to(at);
      rank[next] = Math.max(rank[next] ?? 0, (rank[node] ?? 0) + 1);
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (!waiting[next]) order.push(next);
    }
  }
  pullDown(order, rank, out, to, inDegrees(count, edges, to));
  let rows = 0;
  for (const row of rank) rows = Math.max(rows, row + 1);
  return { rank, isBack, rows };
}

/** What feeds more than it is fed by stands right above what it feeds: a constant beside its user, not at the top. */
function pullDown(
  order: readonly number[],
  rank: Int32Array,
  out: Lists,
  to: (at: number) => number,
  fed: Int32Array,
): void {
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place] ?? 0;
    const lines = out.of(node);
    if (!lines.length || (fed[node] ?? 0) >= lines.length) continue;
    let lowest = Number.MAX_SAFE_INTEGER;
    for (const at of lines) lowest = Math.min(lowest, (rank[to(at)] ?? 0) - 1);
    rank[node] = Math.max(rank[node] ?? 0, lowest);
  }
}

function inDegrees(count: number, edges: Edges, to: (at: number) => number): Int32Array {
  const fed = new Int32Array(count);
  for (let at = 0; at < edges.length; at++) fed[to(at)] = (fed[to(at)] ?? 0) + 1;
  return fed;
}

/** Edges that lead back to a node that is being looked into: without them there is no cycle. */
function backEdges(count: number, edges: Edges): Uint8Array {
  const isBack = new Uint8Array(edges.length);
  const out = listsBy(count, edges.length, (at) => edges[at]?.[0] ?? 0);
  const state = new Uint8Array(count); // 1: being looked into, 2: done
  const fed = inDegrees(count, edges, (at) => edges[at]?.[1] ?? 0);
  // From where the graph begins, so that what comes first stays above.
  const roots = [...Array(count).keys()].sort((a, b) => Math.min(fed[a] ?? 0, 1) - Math.min(fed[b] ?? 0, 1) || a - b);
  for (const root of roots) {
    if (state[root]) continue;
    const nodes = [root];
    const nexts = [0];
    state[root] = 1;
    while (nodes.length) {
      const top = nodes.length - 1;
      const node = nodes[top] ?? 0;
      const at = out.of(node)[nexts[top] ?? 0];
      if (at === undefined) {
        state[node] = 2;
        nodes.pop();
        nexts.pop();
        continue;
      }
      nexts[top] = (nexts[top] ?? 0) + 1;
      const next = edges[at]?.[1] ?? 0;
      if (state[next] === 1) isBack[at] = 1;
      else if (!state[next]) {
        state[next] = 1;
        nodes.push(next);
        nexts.push(0);
      }
    }
  }
  return isBack;
}

/** Numbers of edges by node. */
export interface Lists {
  of(node: number): Int32Array;
}

export function listsBy(count: number, edges: number, nodeOf: (edge: number) => number): Lists {
  const starts = new Int32Array(count + 1);
  for (let at = 0; at < edges; at++) starts[nodeOf(at) + 1] = (starts[nodeOf(at) + 1] ?? 0) + 1;
  for (let node = 0; node < count; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const next = starts.slice(0, count);
  const sorted = new Int32Array(edges);
  for (let at = 0; at < edges; at++) {
    const node = nodeOf(at);
    sorted[next[node] ?? 0] = at;
    next[node] = (next[node] ?? 0) + 1;
  }
  return { of: (node) => sorted.subarray(starts[node] ?? 0, starts[node + 1] ?? 0) };
}
