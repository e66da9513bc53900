/**
 * A model in a file without its weights.
 *
 * Files of models are as large as their weights, and no graph shows these. Before one is sent to the viewer its fields are
 * walked over: what is large and not known to hold structure is left out. The file is read in parts, and never as a whole.
 */

/** A message: its fields that may be large and hold structure, and the messages that these are. */
interface Structure {
  [field: number]: Structure;
}

const TENSOR: Structure = {};
const SPARSE: Structure = { 1: TENSOR };
const GRAPH: Structure = {};
const ATTRIBUTE: Structure = { 5: TENSOR, 6: GRAPH, 10: TENSOR, 11: GRAPH };
Object.assign(GRAPH, { 1: { 5: ATTRIBUTE }, 5: TENSOR, 15: SPARSE });
/** ModelProto of ONNX. */
export const ONNX: Structure = { 7: GRAPH };

const NODE: Structure = { 5: { 2: TENSOR } };
/** GraphDef of TensorFlow. */
export const GRAPH_DEF: Structure = { 1: NODE, 2: { 1: { 3: NODE } } };

/** Bytes that a field may have to be kept without a look. */
const SMALL = 4096;
const PART = 4 << 20;
const MOST_NESTED = 24;
const MOST_KEPT = 64 << 20;

const DAMAGED = "This file is damaged, or is not what its name says";

/** The message in a file without what is large and no structure. */
export async function withoutWeights(file: Blob, structure: Structure): Promise<Blob> {
  const source = new Source(file);
  const kept = await copy(source, 0, file.size, structure, 0);
  return new Blob(kept.parts as BlobPart[]);
}

class Source {
  private part = new Uint8Array();
  private first = 0;

  constructor(private readonly file: Blob) {}

  /** Some bytes; fewer at the end of the file. */
  async bytes(place: number, count: number): Promise<Uint8Array> {
    const from = place - this.first;
    if (from < 0 || from + count > this.part.length) {
      const end = Math.min(this.file.size, place + Math.max(count, PART));
      this.part = new Uint8Array(await this.file.slice(place, end).arrayBuffer());
      this.first = place;
      return this.part.subarray(0, count);
    }
    return this.part.subarray(from, from + count);
  }
}

interface Kept {
  parts: Uint8Array[];
  size: number;
}

async function copy(source: Source, start: number, end: number, structure: Structure, depth: number): Promise<Kept> {
  const kept: Kept = { parts: [], size: 0 };
  const keep = (part: Uint8Array): void => {
    kept.parts.push(part);
    kept.size += part.length;
    if (kept.size > MOST_KEPT) throw new Error("The structure of this model alone is larger than 64 MiB");
  };
  if (depth > MOST_NESTED) throw new Error(DAMAGED);
  for (let place = start; place < end; ) {
    const head = await source.bytes(place, Math.min(20, end - place));
    const tag = varint(head, 0);
    const kind = tag.value % 8;
    const field = Math.floor(tag.value / 8);
    let body = place + tag.size;
    let size = kind === 1 ? 8 : kind === 5 ? 4 : -1;
    if (kind === 0) size = varint(head, tag.size).size;
    else if (kind === 2) {
      const length = varint(head, tag.size);
      body += length.size;
      size = length.value;
    }
    const next = body + size;
    if (size < 0 || !field || next > end) throw new Error(DAMAGED);
    const inner = structure[field];
    if (size <= SMALL) keep((await source.bytes(place, next - place)).slice());
    else if (inner) {
      const message = await copy(source, body, next, inner, depth + 1);
      keep(Uint8Array.from([...encoded(tag.value), ...encoded(message.size)]));
      for (const part of message.parts) keep(part);
    }
    place = next;
  }
  return kept;
}

function varint(bytes: Uint8Array, at: number): { value: number; size: number } {
  let value = 0;
  for (let size = 0; size < 10; size++) {
    const octet = bytes[at + size];
    if (octet === undefined) break;
    value += (octet & 0x7f) * 2 ** (7 * size);
    if (octet < 0x80) return { value, size: size + 1 };
  }
  throw new Error(DAMAGED);
}

function encoded(value: number): number[] {
  const octets: number[] = [];
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 128)) octets.push((left % 128) | 0x80);
  octets.push(left);
  return octets;
}
