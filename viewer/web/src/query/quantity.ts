/** A quantity alone, such as what a list is ordered by: `lr`, `train/loss`, `min(train/loss)`. */

import { FUNCTIONS, type Quantity, QueryError } from "./query";

const CALL = /^(\w+)\s*\((.*)\)$/s;

export function parseQuantity(text: string): Quantity | QueryError | null {
  const trimmed = text.trim();
  const [, called, inside] = CALL.exec(trimmed) ?? [];
  const of = FUNCTIONS.find((name) => name === called?.toLowerCase());
  const name = unquoted(of ? (inside ?? "").trim() : trimmed);
  if (!trimmed) return null;
  return name ? { of: of ?? null, name } : new QueryError("A name is missing", [0, text.length]);
}

const unquoted = (name: string): string =>
  name.length > 1 && name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replace(/\\(["\\])/g, "$1") : name;

export function printQuantity({ of, name }: Quantity): string {
  // A name that looks like a call or is quoted is quoted.
  const safe =
    CALL.test(name) || name.startsWith('"') || name !== name.trim() ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
  return of ? `${of}(${safe})` : safe;
}
