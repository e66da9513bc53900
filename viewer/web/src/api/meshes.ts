/** Meshes: the messages of docs/http-api.md, and asking for them. */

import { address, get } from "./client";
import { type JsonNumber, toNumber } from "./types";

export type Point = readonly [number, number, number];

/** A class of three.js with its settings, as logged; of what they mean nothing is known yet. */
export type LoggedObject = { cls: string } & Record<string, string | number | boolean | number[]>;

export interface LoggedSettings {
  camera: LoggedObject | null;
  lights: LoggedObject[] | null;
  material: LoggedObject | null;
}

interface MeshHead {
  item: number;
  /** Logged. */
  points: number;
  triangles: number;
  sent_points: number;
  sent_triangles: number;
  colored: boolean;
  /** Points left out because they are nowhere. */
  not_finite: number;
  /** Triangles left out because a corner is no point. */
  outside: number;
  /** Whether colours were logged that do not fit the points. */
  misfit: boolean;
  low: JsonNumber[];
  high: JsonNumber[];
}

interface Header {
  step: number;
  wall_time: JsonNumber;
  count: number;
  settings: LoggedSettings;
  meshes: MeshHead[];
}

export interface Box {
  low: Point;
  high: Point;
}

export interface Mesh extends Omit<MeshHead, "low" | "high"> {
  /** x, y, z of each point, all finite. */
  vertices: Float32Array;
  /** Three indices a triangle. */
  faces: Uint32Array;
  /** Red, green, blue of each point. */
  colors: Uint8Array | null;
  /** Null if there is no point. */
  box: Box | null;
}

/** The meshes of a step. */
export interface MeshStep extends Omit<Header, "meshes"> {
  meshes: Mesh[];
  bytes: number;
}

const HEAD_BYTES = 4;

/** Throws `RangeError` if the answer is cut short. */
export function decodeMeshes(body: ArrayBuffer): MeshStep {
  const length = new DataView(body).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(body, HEAD_BYTES, length));
  const { meshes, ...rest } = JSON.parse(text) as Header;
  let offset = HEAD_BYTES + length;
  const take = (bytes: number): number => {
    const at = offset;
    offset += bytes + (-bytes & 3);
    return at;
  };
  const decoded = meshes.map(({ low, high, ...head }): Mesh => {
    const [points, corners] = [head.sent_points * 3, head.sent_triangles * 3];
    return {
      ...head,
      vertices: new Float32Array(body, take(points * 4), points),
      faces: new Uint32Array(body, take(corners * 4), corners),
      colors: head.colored ? new Uint8Array(body, take(points), points) : null,
      box: head.sent_points ? { low: pointOf(low), high: pointOf(high) } : null,
    };
  });
  return { ...rest, meshes: decoded, bytes: body.byteLength };
}

const pointOf = (values: JsonNumber[]): Point => [toNumber(values[0]), toNumber(values[1]), toNumber(values[2])];

/** The meshes of a step, or one of them; of each at most its share of `limit` points or triangles. */
export async function getMeshes(
  run: string,
  tag: string,
  index: number,
  item: number | null,
  limit: number,
  signal?: AbortSignal,
): Promise<MeshStep> {
  const url = address("meshes", { run, tag, index, item: item ?? undefined, limit });
  return decodeMeshes(await (await get(url, signal)).arrayBuffer());
}
