/** Reading the words of a query: where each ends, and which of them are patterns. */

import { explainPattern, isPlain } from "../regex/match";
import { type Place, QueryError, type RegexTerm, type TextTerm } from "./query";

export const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/.test(letter);

/** Whether a word may end before `at`. */
export const isEnd = (text: string, at: number): boolean => at >= text.length || isSpace(text[at]) || text[at] === ")";

/** Where what is quoted at `at` ends, and what it says. */
export function readQuoted(text: string, at: number): { end: number; said: string } {
  let said = "";
  for (let i = at + 1; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') return { end: i + 1, said };
    if (letter === "\\" && (text[i + 1] === '"' || text[i + 1] === "\\")) i++;
    said += text[i];
  }
  throw new QueryError("The quotation mark here has no partner", [at, text.length]);
}

/**
 * Where the word that begins at `at` ends: at a blank or a closing parenthesis, but not within parentheses and brackets,
 * which belong to a regular expression.
 */
export function wordEnd(text: string, at: number): number {
  let depth = 0;
  let inClass = false;
  for (let i = at; i < text.length; i++) {
    const letter = text[i];
    if (letter === "\\") i++;
    else if (inClass) inClass = letter !== "]";
    else if (letter === "[") inClass = closes(text, i);
    else if (letter === "(") depth++;
    else if (letter === ")" && depth > 0) depth--;
    else if (depth === 0 && (letter === ")" || isSpace(letter))) return i;
  }
  return text.length;
}

const closes = (text: string, at: number): boolean => text.indexOf("]", at + 1) > 0;

/** Where the parenthesis at `at` is closed; -1 if it never is. */
export function groupEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const letter = text[i];
    if (letter === "\\") i++;
    else if (letter === "[" && closes(text, i)) i = text.indexOf("]", i + 1);
    else if (letter === "(") depth++;
    else if (letter === ")" && --depth === 0) return i;
  }
  return -1;
}

/** Where `/.../` that begins at `at` ends, and its pattern; null if it is none, as in `/adam`. */
export function readSlashed(text: string, at: number): { end: number; pattern: string } | null {
  let pattern = "";
  for (let i = at + 1; i < text.length; i++) {
    const letter = text[i];
    if (letter === "/" && pattern && isEnd(text, i + 1)) return { end: i + 1, pattern };
    if (letter === "\\" && i + 1 < text.length) {
      pattern += `\\${text[++i]}`;
    } else {
      pattern += letter;
    }
  }
  return null;
}

export function regexTerm(pattern: string, place: Place): RegexTerm {
  const wrong = explainPattern(pattern);
  if (wrong !== null) throw new QueryError(wrong, place);
  const plainSlashes = pattern.replace(/\\([\s\S])/g, (pair, letter: string) => (letter === "/" ? "/" : pair));
  return { kind: "regex", pattern: plainSlashes, place };
}

/** A word without quotation marks: a pattern if it has signs of one. */
export const bareTerm = (word: string, place: Place): TextTerm | RegexTerm =>
  isPlain(word) ? { kind: "text", text: word, place } : regexTerm(word, place);
