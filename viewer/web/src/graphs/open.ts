/** Opening graphs: those that were logged, and those in files. */

import {
  type GraphAttributes,
  type GraphTable,
  getGraph,
  getGraphAttributes,
  getGraphs,
  readGraphFile,
} from "../api/graphs";
import { isRecording } from "../saved/recorder";
import { saved } from "../saved/saved";
import { type AttributeSource, attributesIn, OpenGraph } from "./model";
import type { GraphModel, LoggedGraph } from "./scene";
import { GRAPH_DEF, ONNX, withoutWeights } from "./strip";

/** Nodes whose attributes are asked for at once. */
const BLOCK = 500;
/** Of a page that is saved, the attributes of that many nodes are put into it. */
const MOST_SAVED = 20_000;
/** A file that is larger is sent without its weights, if it can be. */
const MOST_WHOLE = 4 << 20;
const MOST_SENT = 64 << 20;

const TITLES: Record<string, string> = {
  graph_def: "Op graph",
  meta_graph_def: "Op graph",
  run_metadata: "Profile",
  keras_model: "Conceptual graph",
  onnx: "ONNX model",
};

/** What a form is called in the page. */
export const titleOf = (form: string): string => TITLES[form] ?? form;

/** What graphs these runs have; all runs if none is named. */
export async function listGraphs(
  runs: readonly string[],
  signal?: AbortSignal,
): Promise<{ graphs: readonly LoggedGraph[]; leftOut: number }> {
  const { graphs, left_out } = await getGraphs(runs, signal);
  return {
    graphs: graphs.map(({ run, tag, form, step, wall_time, first }) => ({
      ...{ run, tag, form, step, first, title: titleOf(form) },
      wallTime: wall_time.map(Number),
    })),
    leftOut: left_out,
  };
}

/** Ask the viewer for a logged graph and open it. `index` counts from 0, or from the end if negative. */
export async function openGraph(run: string, tag: string, index: number, signal?: AbortSignal): Promise<GraphModel> {
  const content = await getGraph(run, tag, index, signal);
  const attributes = loggedAttributes(run, tag, index);
  const graph = await OpenGraph.open(content, attributes);
  if (isRecording) {
    const nodes = Math.min(graph.overview.ops, MOST_SAVED);
    for (let first = 0; first < nodes; first += BLOCK) await attributes(first);
  }
  return graph;
}

function loggedAttributes(run: string, tag: string, index: number): AttributeSource {
  const blocks = new Map<number, Promise<GraphAttributes>>();
  return async (node) => {
    const first = node - (node % BLOCK);
    let block = blocks.get(first);
    if (!block) {
      block = getGraphAttributes(run, tag, index, first, BLOCK);
      blocks.set(first, block);
      block.catch(() => blocks.delete(first));
    }
    return attributesIn(await block, node);
  };
}

/** Open a graph in a file that the user chose: `.pbtxt`, `.pb`, `.onnx` or Keras' `.json`. */
export async function openGraphFile(file: File, signal?: AbortSignal): Promise<GraphModel> {
  if (saved) throw new Error("A saved page cannot read graphs in files: open them in a viewer");
  const sent = await toSend(file);
  if (sent.size > MOST_SENT)
    throw new Error(`${file.name} is too large to be read: save the model without its weights`);
  const answer = await readGraphFile(file.name, sent, signal);
  const { graph, attributes } = JSON.parse(new TextDecoder().decode(answer)) as {
    graph: GraphTable;
    attributes: GraphAttributes;
  };
  const content = new TextEncoder().encode(JSON.stringify(graph)).buffer as ArrayBuffer;
  return OpenGraph.open(content, async (node) => attributesIn(attributes, node));
}

async function toSend(file: File): Promise<Blob> {
  const ending = file.name.toLowerCase().split(".").pop();
  if (file.size > MOST_WHOLE && ending === "onnx") return withoutWeights(file, ONNX);
  if (file.size > MOST_SENT && ending === "pb") return withoutWeights(file, GRAPH_DEF);
  return file;
}
