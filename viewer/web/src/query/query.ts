/** What a person asks of runs, as the filter of the run list understands it. */

/** Where something stands in the typed text: from, up to. */
export type Place = readonly [number, number];

export const FUNCTIONS = ["last", "first", "min", "max", "mean"] as const;
/** Which number stands for a whole series. */
export type Summary = (typeof FUNCTIONS)[number];

/** A number or word of each run: a hyperparameter, or a scalar by one of its values. */
export interface Quantity {
  /** Null: a hyperparameter of that name, else the last value of the scalar. */
  of: Summary | null;
  name: string;
}

export const OPERATORS = ["<=", ">=", "!=", "==", "<", ">", "="] as const;
export type Operator = (typeof OPERATORS)[number];

export interface TextTerm {
  kind: "text";
  /** Occurs in the name, ignoring case. */
  text: string;
  place: Place;
}

export interface RegexTerm {
  kind: "regex";
  /** Matches somewhere in the name, ignoring case. */
  pattern: string;
  place: Place;
}

/** `=` was typed as one word (`lr=0.1`): runs are often named like that, so it is text where no run has such a value. */
export interface Condition {
  kind: "condition";
  quantity: Quantity;
  operator: Operator;
  value: string;
  place: Place;
}

export type Term = TextTerm | RegexTerm | Condition;

export type Query =
  | Term
  | { kind: "not"; query: Query }
  | { kind: "and"; queries: readonly Query[] }
  | { kind: "or"; queries: readonly Query[] };

/** What is wrong with a query, and where. */
export class QueryError extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
    this.name = "QueryError";
  }
}

/** A number as people type it; undefined if it is none. */
export function readNumber(text: string): number | undefined {
  if (/^[+-]?inf(inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** All terms of a query, from left to right. */
export function termsOf(query: Query): Term[] {
  if (query.kind === "not") return termsOf(query.query);
  if (query.kind === "and" || query.kind === "or") return query.queries.flatMap(termsOf);
  return [query];
}
