/** Reading a condition such as `loss<0.3`, `min("train/loss") <= 1e-3` or `optimizer=adam`. */

import { type Condition, FUNCTIONS, OPERATORS, type Operator, type Quantity, QueryError, readNumber } from "./query";
import { groupEnd, isEnd, isSpace, readQuoted, wordEnd } from "./words";

/** Signs that no name or value has which is written without quotation marks. */
const OF_PATTERNS = /[\\^$|?*()[\]{}]/;
const CALL = /([a-z]\w*)\(/iy;

interface Read {
  condition: Condition;
  end: number;
}

/** The condition that begins at `at`; null if what stands there is none. */
export function readCondition(text: string, at: number): Read | null {
  const named = readQuantity(text, at);
  if (!named) return null;
  const operatorAt = skipSpace(text, named.end);
  const operator = operatorIn(text, operatorAt);
  if (!operator) return null;
  if ("unknown" in named) {
    if (operator === "=") return null;
    const known = FUNCTIONS.map((name) => `${name}()`).join(", ");
    throw new QueryError(`There is no ${named.unknown}(); there are ${known}`, [at, at + named.unknown.length]);
  }
  const valueAt = skipSpace(text, operatorAt + operator.length);
  const isOneWord = operatorAt === named.end && valueAt === operatorAt + operator.length;
  const isWeak = operator === "=" && isOneWord && named.isBare;
  if (isEnd(text, valueAt)) {
    if (isWeak) return null;
    throw new QueryError(`A value is missing after ${operator}`, [operatorAt, operatorAt + operator.length]);
  }
  const isQuoted = text[valueAt] === '"';
  const { end, said } = isQuoted ? readQuoted(text, valueAt) : bareValue(text, valueAt);
  if (isWeak && !isQuoted && !/^[^+]*(e\+\d+)?$/i.test(said)) return null;
  if (!isQuoted && OF_PATTERNS.test(said)) {
    if (operator === "=" && isOneWord) return null;
    throw new QueryError("Put a value with such signs in quotation marks", [valueAt, end]);
  }
  if (!isEnd(text, end)) throw new QueryError("A blank is missing here", [end, end + 1]);
  if (/[<>]/.test(operator) && readNumber(said) === undefined) {
    throw new QueryError(`${operator} compares numbers, and this is none`, [valueAt, end]);
  }
  const strong = operator === "=" && !(isWeak && !isQuoted) ? "==" : operator;
  return {
    condition: { kind: "condition", quantity: named.quantity, operator: strong, value: said, place: [at, end] },
    end,
  };
}

type Named = { quantity: Quantity; end: number; isBare: boolean } | { unknown: string; end: number };

function readQuantity(text: string, at: number): Named | null {
  CALL.lastIndex = at;
  const call = CALL.exec(text);
  if (call?.[1]) return readCall(text, at, call[1]);
  const named = readName(text, at, text.length);
  return named && { quantity: { of: null, name: named.name }, end: named.end, isBare: named.isBare };
}

function readCall(text: string, at: number, called: string): Named | null {
  const open = at + called.length;
  const from = skipSpace(text, open + 1);
  const quoted = text[from] === '"' ? readQuoted(text, from) : null;
  const close = quoted ? skipSpace(text, quoted.end) : groupEnd(text, open);
  if (text[close] !== ")") return null;
  const of = FUNCTIONS.find((name) => name === called.toLowerCase());
  if (!of) return { unknown: called, end: close + 1 };
  const name = quoted?.said ?? text.slice(from, close).trim();
  return name ? { quantity: { of, name }, end: close + 1, isBare: false } : null;
}

function readName(text: string, at: number, limit: number): { name: string; end: number; isBare: boolean } | null {
  if (text[at] === '"') {
    const { end, said } = readQuoted(text, at);
    return said ? { name: said, end, isBare: false } : null;
  }
  let end = at;
  while (end < limit && !isEnd(text, end) && !operatorIn(text, end)) end++;
  const name = text.slice(at, end);
  return name && !OF_PATTERNS.test(name) && !/["+]/.test(name) ? { name, end, isBare: true } : null;
}

function bareValue(text: string, at: number): { end: number; said: string } {
  const end = wordEnd(text, at);
  return { end, said: text.slice(at, end) };
}

const operatorIn = (text: string, at: number): Operator | undefined =>
  OPERATORS.find((operator) => text.startsWith(operator, at));

function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text[next])) next++;
  return next;
}
