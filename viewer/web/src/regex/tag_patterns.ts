/**
 * Which tags the patterns of layouts mean. Layouts are logged by programs, or written by hand for TensorBoard: a pattern
 * that is a tag's name means that tag; else it is a regular expression of Python's that matches from the beginning.
 *
 * All run in one worker, one after the other, each with its time limit; what was found is kept as long as the tags are the
 * same.
 */

import { explainPattern } from "./match";
import { Matcher } from "./matcher";

export type Found = { tags: readonly string[] } | { error: string };

export interface Expression {
  pattern: string;
  flags: string;
}

/** A pattern of Python's as browsers understand it. What they do not have is left as it is, and then explained. */
export function fromPython(pattern: string): Expression {
  let flags = "u";
  const rest = pattern
    .replace(/^\(\?([aiLmsux]+)\)/, (_, letters: string) => {
      for (const letter of "ims") if (letters.includes(letter)) flags += letter;
      return "";
    })
    .replace(/\(\?P</g, "(?<")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replace(/\\A/g, "^")
    .replace(/\\Z/g, "$");
  return { pattern: `^(?:${rest})`, flags };
}

export class TagPatterns {
  private known = new Map<string, Promise<Found>>();
  private tags: readonly string[] = [];
  private set: ReadonlySet<string> = new Set();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly matcher: Matcher = new Matcher()) {}

  /** Which of the tags a pattern means, in their order. */
  find(pattern: string, tags: readonly string[]): Promise<Found> {
    if (tags !== this.tags) {
      this.tags = tags;
      this.set = new Set(tags);
      this.known = new Map();
    }
    let found = this.known.get(pattern);
    if (!found) {
      found = this.set.has(pattern) ? Promise.resolve({ tags: [pattern] }) : this.inTurn(pattern, tags);
      this.known.set(pattern, found);
    }
    return found;
  }

  /** The worker has one thing to do at a time: another would overtake, and end, what is under way. */
  private inTurn(pattern: string, tags: readonly string[]): Promise<Found> {
    const turn = this.last.then(() => this.match(pattern, tags));
    this.last = turn;
    return turn;
  }

  private async match(pattern: string, tags: readonly string[]): Promise<Found> {
    const asked = fromPython(pattern);
    // Some of what Python takes, as `\-`, browsers take only without the flag u.
    const flags = explainPattern(asked.pattern, asked.flags) === null ? asked.flags : asked.flags.replace("u", "");
    const result = await this.matcher.match(asked.pattern, tags, flags);
    if (result === null) return { error: "Not matched" };
    if ("error" in result) return result;
    return { tags: tags.filter((_, at) => result.matched[at]) };
  }
}
