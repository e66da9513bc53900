/** Which runs a query lets through. */

import { matchPlain } from "../regex/match";
import type { Condition, Quantity, Query, RegexTerm } from "./query";
import { QueryError, readNumber } from "./query";
import type { Values } from "./run_values";

/** What a query is asked of. */
export interface Subject {
  names: readonly string[];
  /** The values of a quantity, run by run; null while they are not here yet; a sentence if there is none such. */
  values(quantity: Quantity): readonly Values[] | null | string;
  /** Which names a pattern matches; null if a later question has overtaken this one. */
  match(term: RegexTerm): Promise<Uint8Array | null>;
  /** Which names a word matches that is a pattern only if it looks like one. */
  matchWord(word: string): Promise<Uint8Array | null>;
}

/**
 * A 1 for each run that the query lets through; null if that cannot be said yet.
 *
 * Throws a `QueryError` where a condition names what there is not.
 */
export async function evaluate(query: Query, subject: Subject): Promise<Uint8Array | null> {
  switch (query.kind) {
    case "text":
      return matchPlain(query.text, subject.names);
    case "regex":
      return subject.match(query);
    case "condition":
      return evaluateCondition(query, subject);
    case "not": {
      const inner = await evaluate(query.query, subject);
      return inner?.map((found) => 1 - found) ?? null;
    }
    default: {
      const isAnd = query.kind === "and";
      const all = new Uint8Array(subject.names.length).fill(isAnd ? 1 : 0);
      let isWhole = true;
      for (const part of query.queries) {
        // Every part is looked at, so that each mistake is found and each value is asked for at once.
        const found = await evaluate(part, subject);
        if (!found) isWhole = false;
        else
          for (let i = 0; i < all.length; i++)
            all[i] = isAnd ? (all[i] ?? 0) & (found[i] ?? 0) : (all[i] ?? 0) | (found[i] ?? 0);
      }
      return isWhole ? all : null;
    }
  }
}

async function evaluateCondition(condition: Condition, subject: Subject): Promise<Uint8Array | null> {
  const { quantity, operator, value, place } = condition;
  const columns = subject.values(quantity);
  const isText = operator === "=";
  if (typeof columns === "string") {
    if (isText) return subject.matchWord(`${quantity.name}=${value}`);
    throw new QueryError(columns, place);
  }
  if (columns === null) return null;
  const holds = comparison(operator, value);
  const found = Uint8Array.from(columns, (values) => (values.some(holds) ? 1 : 0));
  return isText && !found.includes(1) ? subject.matchWord(`${quantity.name}=${value}`) : found;
}

function comparison(operator: Condition["operator"], typed: string): (value: Values[number]) => boolean {
  const limit = readNumber(typed) ?? Number.NaN;
  switch (operator) {
    case "<":
      return (value) => numberOf(value) < limit && !isNear(numberOf(value), limit);
    case "<=":
      return (value) => numberOf(value) <= limit || isNear(numberOf(value), limit);
    case ">":
      return (value) => numberOf(value) > limit && !isNear(numberOf(value), limit);
    case ">=":
      return (value) => numberOf(value) >= limit || isNear(numberOf(value), limit);
    case "!=":
      return (value) => !isSame(value, typed);
    default:
      return (value) => isSame(value, typed);
  }
}

function numberOf(value: Values[number]): number {
  return typeof value === "number" ? value : typeof value === "string" ? (readNumber(value) ?? Number.NaN) : Number.NaN;
}

/** Whether they are the same to the precision of float32, in which most logs are: 0.1 is logged as 0.10000000149. */
const isNear = (value: number, typed: number): boolean =>
  Number.isFinite(typed) && Math.abs(value - typed) <= 1e-6 * Math.abs(typed);

/** Equal as numbers, or as words whatever their case. */
function isSame(value: Values[number], typed: string): boolean {
  const number = readNumber(typed);
  if (typeof value === "number" && number !== undefined) return Object.is(value, number) || isNear(value, number);
  return String(value).toLowerCase() === typed.toLowerCase();
}
