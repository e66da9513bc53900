/** Embeddings of the log, as the viewer's HTTP API gives them. */

import { address, get, json } from "../api/client";
import { counted, pointNotes } from "./notes";
import type { EmbeddingInfo, FirstPicture, Loaded, Loading, Points, Table } from "./types";

interface ListedEmbedding {
  run: string;
  name: string;
  tag: string;
  step: number | null;
  shape: [number, number] | null;
  labels: boolean;
  bookmarks: boolean;
  sprite: [number, number] | null;
  problem: string | null;
}

interface PointsHeader {
  count: number;
  total: number;
  dims: number;
  rows: boolean;
  not_finite: number;
}

interface Labels extends Table {
  /** For how many points there are labels. */
  labelled: number;
  total: number;
  /** Columns that are too many. */
  left_out: number;
  /** Whether texts were cut. */
  cut: boolean;
}

/** All embeddings, those of a run together; what cannot be read says why. */
export async function listEmbeddings(signal?: AbortSignal): Promise<readonly EmbeddingInfo[]> {
  const said = await json<{ embeddings: ListedEmbedding[]; left_out: number }>(address("embeddings"), signal);
  const listed = said.embeddings.map(
    ({ labels, bookmarks, sprite, ...rest }): EmbeddingInfo => ({
      ...rest,
      hasMetadata: labels,
      hasBookmarks: bookmarks,
      sprite: sprite && { width: sprite[0], height: sprite[1] },
    }),
  );
  return said.left_out ? [...listed, leftOut(said.left_out)] : listed;
}

const leftOut = (count: number): EmbeddingInfo => ({
  run: ".",
  name: "…",
  tag: "…",
  step: null,
  shape: null,
  hasMetadata: false,
  hasBookmarks: false,
  sprite: null,
  problem: `${count.toLocaleString("en")} more embeddings are not listed`,
});

/** Ask for an embedding; the first picture is there long before all of the points are. */
export function loadEmbedding(info: EmbeddingInfo, signal?: AbortSignal): Loading {
  const which = { run: info.run, name: info.name };
  const first = get(address("embedding_picture", which), signal)
    .then((answer) => answer.arrayBuffer())
    .then(decodePicture);
  // Whoever waits for the whole alone is told there.
  first.catch(() => undefined);
  // Behind the picture: it is small, and on a slow way the points would hold it up.
  const points = first
    .then(() => get(address("embedding_points", which), signal))
    .then((answer) => answer.arrayBuffer());
  const labels = first.then(() => (info.hasMetadata ? loadLabels(which, signal) : null));
  const whole = Promise.all([points, labels]).then(([body, found]) => together(info, body, found));
  return { first, whole };
}

/** The file of views that an embedding comes with, as it is. */
export async function loadBookmarks({ run, name }: EmbeddingInfo): Promise<string> {
  return (await get(address("embedding_bookmarks", { run, name }))).text();
}

type FoundLabels = Labels | { problem: string } | null;

/** Points without their labels are better than none. */
async function loadLabels(which: { run: string; name: string }, signal?: AbortSignal): Promise<FoundLabels> {
  try {
    return await json<Labels>(address("embedding_labels", which), signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function together(info: EmbeddingInfo, body: ArrayBuffer, labels: FoundLabels): Loaded {
  const { points, notes } = decodePoints(body);
  const sprite = info.sprite && address("embedding_sprite", { run: info.run, name: info.name });
  if (labels === null) return { points, table: null, notes, sprite };
  if ("problem" in labels) return { points, table: null, notes: [...notes, `No labels: ${labels.problem}`], sprite };
  const { names, columns, numeric } = labels;
  return { points, table: { names, columns, numeric }, notes: [...notes, ...labelNotes(labels)], sprite };
}

export function decodePicture(body: ArrayBuffer): FirstPicture {
  const { header, rows, take } = readPoints<PointsHeader & { shares: (number | string)[] }>(body);
  const { count, total, dims } = header;
  return { count, total, dims, rows, coords: take(count * 3), shares: header.shares.map(Number) };
}

export function decodePoints(body: ArrayBuffer): { points: Points; notes: readonly string[] } {
  const { header, rows, take } = readPoints<PointsHeader>(body);
  const { count, total, dims } = header;
  return { points: { count, total, dims, rows, values: take(count * dims) }, notes: pointNotes(header) };
}

function readPoints<Header extends PointsHeader>(body: ArrayBuffer) {
  const length = new DataView(body).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 4, length))) as Header;
  let offset = 4 + length;
  const rows = header.rows ? new Int32Array(body, offset, header.count) : null;
  offset += rows?.byteLength ?? 0;
  return { header, rows, take: (count: number): Float32Array => new Float32Array(body, offset, count) };
}

function labelNotes({ labelled, total, left_out, cut }: Labels): string[] {
  const notes: string[] = [];
  if (labelled > total) notes.push("There are more labels than points; the last ones are left out");
  if (labelled < total)
    notes.push(`There are labels for ${labelled.toLocaleString("en")} of ${counted(total, "point")}`);
  if (left_out) notes.push(`${counted(left_out, "column")} of labels left out`);
  if (cut) notes.push("Long labels are cut");
  return notes;
}
