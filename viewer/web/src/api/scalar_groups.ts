/** Mean or median of groups of runs: `ScalarGroups` of docs/http-api.md. */

import { address, get, type ScalarsQuery } from "./client";
import { readFloatArrays } from "./float_arrays";

export type Center = "mean" | "median";
export type Spread = "std" | "minmax" | "sem" | "ci95";

export interface GroupsQuery extends Omit<ScalarsQuery, "run"> {
  /** The runs of each group. */
  groups: readonly (readonly string[])[];
  center: Center;
  band: Spread;
}

/** One group, brought together over its runs. The arrays are views into the answer. */
export interface GroupCurve {
  /** Members that have the tag. */
  runs: number;
  x: Float64Array;
  center: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** How many members contribute at each x. */
  count: Float64Array;
}

interface Header {
  groups: { n: number; runs: number }[];
}

/** Decode an answer of `api/v1/scalar_groups`; throws `RangeError` if it is cut short. */
export function decodeGroups(body: ArrayBuffer): GroupCurve[] {
  const { header, take } = readFloatArrays<Header>(body);
  return header.groups.map(({ n, runs }) => ({
    runs,
    x: take(n),
    center: take(n),
    low: take(n),
    high: take(n),
    count: take(n),
  }));
}

export async function getScalarGroups({ groups, ...query }: GroupsQuery, signal?: AbortSignal): Promise<GroupCurve[]> {
  const group = groups.map((names) => JSON.stringify(names));
  return decodeGroups(await (await get(address("scalar_groups", { ...query, group }), signal)).arrayBuffer());
}
