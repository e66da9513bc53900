/** A query as text that reads as the same query. */

import { isPlain } from "../regex/match";
import { parseQuery } from "./parse";
import type { Condition, Query } from "./query";

export function printQuery(query: Query): string {
  switch (query.kind) {
    case "text":
      return isPlain(query.text) && !query.text.startsWith("/") && readsAs(query.text, "text")
        ? query.text
        : quote(query.text);
    case "regex":
      return `/${slashed(query.pattern)}/`;
    case "condition":
      return printCondition(query);
    case "not":
      return `NOT ${inner(query.query)}`;
    case "and":
      return query.queries.map(inner).join(" ");
    case "or":
      return query.queries.map((part) => (part.kind === "and" ? printQuery(part) : inner(part))).join(" OR ");
  }
}

const inner = (query: Query): string =>
  query.kind === "and" || query.kind === "or" ? `(${printQuery(query)})` : printQuery(query);

function printCondition({ quantity, operator, value }: Condition): string {
  if (operator === "=") return `${quantity.name}=${value}`;
  const { of, name } = quantity;
  return `${of ? `${of}(${quote(name)})` : quote(name)}${operator}${quote(value)}`;
}

export const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** Every slash of a pattern with a backslash before it. */
const slashed = (pattern: string): string => pattern.replace(/\\[\s\S]|\//g, (part) => (part === "/" ? "\\/" : part));

/** Whether a word stands for itself. */
function readsAs(word: string, kind: Query["kind"]): boolean {
  try {
    const query = parseQuery(word);
    return query?.kind === kind && query.kind === "text" && query.text === word;
  } catch {
    return false;
  }
}
