/** Graphs: which there are, and what they consist of. `Graphs`, `Graph` and `GraphAttributes` of docs/http-api.md. */

import { ApiError, address, get, json } from "./client";
import { fetchHere } from "./fetch";
import type { JsonNumber } from "./types";

export interface GraphEntry {
  run: string;
  tag: string;
  form: string;
  step: number[];
  wall_time: JsonNumber[];
  /** Index of the first that is listed: of very many, only the last ones are. */
  first: number;
}

export interface GraphList {
  graphs: GraphEntry[];
  left_out: number;
}

/** Kind and attributes of a scope, where more is known than its name. */
export type Described = [scope: string, kind: string, attributes: [string, string][]];

/** Columns have one entry a node, or edge. */
export interface GraphTable {
  form: string;
  scopes: string[];
  scope: number[];
  name: string[];
  ops: string[];
  op: number[];
  devices: string[];
  /** -1: not known. */
  device: number[];
  /** Microseconds; empty if nothing was measured. */
  time: (JsonNumber | null)[];
  memory: (number | null)[];
  edges: { source: number[]; target: number[]; port: number[]; shape: number[] };
  shapes: string[];
  /** Elements of each of `shapes`. */
  sizes: (number | null)[];
  types: string[];
  /** Of each node: type, shape, type, shape, … of its outputs. */
  outputs: number[][];
  functions: [scope: string, name: string][];
  calls: [node: number, scope: string][];
  described: Described[];
  notes: string[];
}

export interface GraphAttributes {
  first: number;
  names: string[];
  values: string[];
  /** Of each node: name, value, name, value, … */
  nodes: number[][];
}

export const getGraphs = (runs: readonly string[], signal?: AbortSignal): Promise<GraphList> =>
  json(address("graphs", { run: runs }), signal);

/** A `GraphTable` as JSON, to be read in a worker. */
export const getGraph = async (run: string, tag: string, index: number, signal?: AbortSignal): Promise<ArrayBuffer> =>
  (await get(address("graph", { run, tag, index }), signal)).arrayBuffer();

export const getGraphAttributes = (
  run: string,
  tag: string,
  index: number,
  first: number,
  count: number,
  signal?: AbortSignal,
): Promise<GraphAttributes> => json(address("graph_attributes", { run, tag, index, first, count }), signal);

/** Have the viewer read a graph in a file; nothing is kept. `{"graph": GraphTable, "attributes": GraphAttributes}` as JSON. */
export async function readGraphFile(name: string, content: Blob, signal?: AbortSignal): Promise<ArrayBuffer> {
  const answer = await fetchHere(address("graph_file", { name }), {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: content,
    ...(signal ? { signal } : {}),
  });
  if (answer.ok) return answer.arrayBuffer();
  const said = (await answer.json().catch(() => null)) as { error?: string; hint?: string } | null;
  throw new ApiError(said?.error ?? `the server answered ${answer.status}`, answer.status, said?.hint ?? "");
}
