/** The order of runs by what they are worth. */

import { readNumber } from "../query/query";
import type { Values } from "../query/run_values";
import { compareNatural } from "./natural";

const numberOf = (value: Values[number] | undefined): number =>
  typeof value === "number" ? value : typeof value === "string" ? (readNumber(value) ?? Number.NaN) : Number.NaN;

/** Numbers before words, words before nothing, whichever way it goes; NaN is nothing. Of several values, the first. */
export function compareValues([a]: Values, [b]: Values, descending: boolean): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  const sign = descending ? -1 : 1;
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x === y ? 0 : sign * (x < y ? -1 : 1);
  const [left, right] = [rank(a, x), rank(b, y)];
  if (left !== right) return left - right;
  return left === 1 ? sign * compareNatural(String(a), String(b)) : 0;
}

const rank = (value: Values[number] | undefined, number: number): number =>
  !Number.isNaN(number) ? 0 : value === undefined || typeof value === "number" ? 2 : 1;
