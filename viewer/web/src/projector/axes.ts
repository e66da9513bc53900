/** Axes that lead from some points to others, which are told by what is known of them. */

import { explainPattern, matchPlain } from "../regex/match";
import { Matcher } from "../regex/matcher";
import type { AxesOptions, AxesResult, AxisEnd, Points, Table } from "./types";

const ENDS = ["left", "right", "up", "down"] as const;

/** One for each end: a matcher has one thing to do at a time. */
const matchers = { left: new Matcher(), right: new Matcher(), up: new Matcher(), down: new Matcher() };

/**
 * Where points lie between the middles of the points of two ends, along both axes; 0 is halfway. An end that has no text
 * is the middle of all points.
 */
export async function customAxes(points: Points, table: Table | null, options: AxesOptions): Promise<AxesResult> {
  const found = await Promise.all(ENDS.map((end) => matchEnd(points, table, options[end], end)));
  const wrong = found.find((end) => typeof end === "string");
  if (typeof wrong === "string") return { error: wrong };
  const ends = found as (Uint8Array | null)[];
  const [left, right, up, down] = ends.map((matched) => middleOf(points, matched)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const counts = ends.map((matched) => matched?.reduce((sum, is) => sum + is, 0) ?? points.count);
  const coords = new Float32Array(points.count * 2);
  along(points, left, right, coords, 0);
  along(points, down, up, coords, 1);
  return { coords, matched: counts as [number, number, number, number] };
}

/** Which points an end means; null: all of them. In words what is wrong with it. */
async function matchEnd(
  points: Points,
  table: Table | null,
  { text, isRegex, column }: AxisEnd,
  name: (typeof ENDS)[number],
): Promise<Uint8Array | null | string> {
  if (text === "") return null;
  const values = table?.columns[column];
  if (!values) return "These points have no labels to be told by";
  let matched: Uint8Array;
  if (isRegex) {
    const error = explainPattern(text);
    if (error !== null) return `${title(name)}: ${error}`;
    const result = await matchers[name].match(text, values);
    if (result === null) return "Overtaken by a later question";
    if ("error" in result) return `${title(name)}: ${result.error}`;
    matched = result.matched;
  } else matched = matchPlain(text, values);
  return matched.subarray(0, points.count).includes(1) ? matched : `${title(name)}: nothing matches “${text}”`;
}

const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function middleOf({ values, count, dims }: Points, matched: Uint8Array | null): Float64Array {
  const middle = new Float64Array(dims);
  let inside = 0;
  for (let at = 0; at < count; at++) {
    if (matched && !matched[at]) continue;
    inside += 1;
    for (let j = 0, from = at * dims; j < dims; j++) middle[j] = (middle[j] as number) + (values[from + j] as number);
  }
  for (let j = 0; j < dims; j++) middle[j] = (middle[j] as number) / Math.max(1, inside);
  return middle;
}

function along(
  { values, count, dims }: Points,
  from: Float64Array,
  to: Float64Array,
  coords: Float32Array,
  axis: number,
): void {
  const direction = to.map((value, j) => value - (from[j] as number));
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0)) return;
  let offset = 0;
  for (let j = 0; j < dims; j++) {
    direction[j] = (direction[j] as number) / length;
    offset += ((direction[j] as number) * ((from[j] as number) + (to[j] as number))) / 2;
  }
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let j = 0, place = at * dims; j < dims; j++) sum += (values[place + j] as number) * (direction[j] as number);
    coords[2 * at + axis] = sum - offset;
  }
}
