/**
 * The language of the run filter, from text.
 *
 *     query = both {"OR" both}          both = one {["AND"] one}          one = ["NOT" | "-"] (term | "(" query ")")
 *     term  = word | "quoted" | /regular expression/ | condition
 *
 * What was typed before there was a language means what it meant: `exp.*`, `a|b` and `^lr=0.1/(adam|sgd)$` are one
 * regular expression each. A parenthesis groups if its partner ends a word; else it belongs to an expression.
 */

import { readCondition } from "./conditions";
import { type Query, QueryError } from "./query";
import { bareTerm, groupEnd, isEnd, isSpace, readQuoted, readSlashed, regexTerm, wordEnd } from "./words";

const MOST_LETTERS = 4000;
const MOST_DEEP = 50;

const WORDS = { or: ["OR", "||", "|"], and: ["AND", "&&", "&"], not: ["NOT"] } as const;

/**
 * The query that a text asks; null if it asks nothing.
 *
 * Throws a `QueryError` for what is none.
 */
export function parseQuery(text: string): Query | null {
  if (text.length > MOST_LETTERS) throw new QueryError("This filter is too long", [MOST_LETTERS, text.length]);
  const parser = new Parser(text);
  return parser.isDone() ? null : parser.whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.skipSpace();
  }

  isDone(): boolean {
    return this.at >= this.text.length;
  }

  whole(): Query {
    const query = this.any();
    if (!this.isDone()) throw new QueryError("This parenthesis closes none", [this.at, this.at + 1]);
    return query;
  }

  private any(): Query {
    const queries = [this.all()];
    while (this.takeWord(WORDS.or)) queries.push(this.all());
    return joined("or", queries);
  }

  private all(): Query {
    const queries = [this.one()];
    for (;;) {
      if (this.takeWord(WORDS.and)) queries.push(this.one());
      else if (this.isDone() || this.text[this.at] === ")" || this.wordHere(WORDS.or)) break;
      else queries.push(this.one());
    }
    return joined("and", queries);
  }

  private one(): Query {
    if (++this.depth > MOST_DEEP) throw new QueryError("This is nested too deeply", [this.at, this.at + 1]);
    try {
      const word = this.wordHere([...WORDS.or, ...WORDS.and]);
      if (word) throw new QueryError(`A term is missing before ${word}`, [this.at, this.at + word.length]);
      if (this.isDone() || this.text[this.at] === ")") throw new QueryError("A term is missing here", this.here());
      if (this.takeWord(WORDS.not) || this.takeMinus()) return { kind: "not", query: this.one() };
      return this.text[this.at] === "(" ? this.grouped() : this.term();
    } finally {
      this.depth--;
    }
  }

  private grouped(): Query {
    const open = this.at;
    if (this.text[open + 1] === "?") return this.word();
    try {
      this.move(open + 1);
      const query = this.any();
      if (this.text[this.at] !== ")") throw new QueryError("This parenthesis is never closed", [open, open + 1]);
      const close = this.at;
      if (isEnd(this.text, close + 1)) {
        this.move(close + 1);
        return query;
      }
    } catch (error) {
      // `(a OR)+` is no group that is wrong but the beginning of an expression; any other mistake is one.
      const close = groupEnd(this.text, open);
      if (close < 0 || isEnd(this.text, close + 1)) throw error;
    }
    this.at = open;
    return this.word();
  }

  private term(): Query {
    const [from, text] = [this.at, this.text];
    const slashed = text[from] === "/" ? readSlashed(text, from) : null;
    if (slashed) {
      this.move(slashed.end);
      return regexTerm(slashed.pattern, [from, slashed.end]);
    }
    const found = readCondition(text, from);
    if (found) {
      this.move(found.end);
      return found.condition;
    }
    if (text[from] === '"') {
      const { end, said } = readQuoted(text, from);
      if (!isEnd(text, end)) throw new QueryError("A blank is missing here", [end, end + 1]);
      this.move(end);
      return { kind: "text", text: said, place: [from, end] };
    }
    return this.word();
  }

  private word(): Query {
    const from = this.at;
    const end = wordEnd(this.text, from);
    this.move(end);
    return bareTerm(this.text.slice(from, end), [from, end]);
  }

  private takeMinus(): boolean {
    const follows = this.text[this.at] === "-" && !isEnd(this.text, this.at + 1);
    if (follows) this.at++;
    return follows;
  }

  private takeWord(words: readonly string[]): boolean {
    const word = this.wordHere(words);
    if (word) this.move(this.at + word.length);
    return word !== undefined;
  }

  private wordHere(words: readonly string[]): string | undefined {
    return words.find((word) => {
      const after = this.at + word.length;
      return this.text.startsWith(word, this.at) && (isEnd(this.text, after) || this.text[after] === "(");
    });
  }

  private here(): readonly [number, number] {
    return [this.at, Math.min(this.at + 1, this.text.length)];
  }

  private move(to: number): void {
    this.at = to;
    this.skipSpace();
  }

  private skipSpace(): void {
    while (isSpace(this.text[this.at])) this.at++;
  }
}

/** Nested `and` in `and`, `or` in `or` are one. */
function joined(kind: "and" | "or", queries: readonly Query[]): Query {
  const [only] = queries;
  if (queries.length === 1 && only) return only;
  return { kind, queries: queries.flatMap((query) => (query.kind === kind ? query.queries : [query])) };
}
