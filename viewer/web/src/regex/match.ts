/** Matching names against a pattern that a person types. */

export type MatchAnswer = { id: number; matched: Uint8Array } | { id: number; keys: (string | null)[] };
/** What the worker says once it can be asked. */
export const READY = { id: -1, matched: new Uint8Array() } satisfies MatchAnswer;
/** `wants`: which names match, or what the pattern finds in each. */
export interface MatchRequest {
  id: number;
  pattern: string;
  names: readonly string[];
  wants: "matched" | "keys";
  flags?: string;
}

/** Upper and lower case are one. */
export const ANY_CASE = "i";

/** Why a pattern cannot be used, in words; null if it can. Compiling runs nothing, so this is safe for any text. */
export function explainPattern(pattern: string, flags = ANY_CASE): string | null {
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.slice(said.lastIndexOf(": ") + 1).trim();
    return `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
  }
}

/** Whether the pattern has no signs of its own, so that it simply has to occur in a name. */
export const isPlain = (pattern: string): boolean => !/[\\^$.|?*+()[\]{}]/.test(pattern);

/** Which names hold the text, ignoring case. */
export function matchPlain(text: string, names: readonly string[]): Uint8Array {
  const wanted = text.toLowerCase();
  return Uint8Array.from(names, (name) => (name.toLowerCase().includes(wanted) ? 1 : 0));
}

/** Which names the pattern matches anywhere. May take for ever: only call it where it can be stopped. */
export function matchPattern(pattern: string, names: readonly string[], flags = ANY_CASE): Uint8Array {
  const expression = new RegExp(pattern, flags);
  return Uint8Array.from(names, (name) => (expression.test(name) ? 1 : 0));
}

/**
 * What the pattern finds in each name: its captured parts, or all that matched if it captures nothing; null where it does
 * not match. May take for ever, as `matchPattern`.
 */
export function findKeys(pattern: string, names: readonly string[]): (string | null)[] {
  const expression = new RegExp(pattern, "i");
  return names.map((name) => {
    const found = expression.exec(name);
    if (!found) return null;
    return found.length > 1
      ? found
          .slice(1)
          .map((part) => part ?? "")
          .join(", ")
      : found[0];
  });
}

/** The answer to a request; for the worker. */
export function answer({ id, pattern, names, wants, flags }: MatchRequest): MatchAnswer {
  return wants === "keys"
    ? { id, keys: findKeys(pattern, names) }
    : { id, matched: matchPattern(pattern, names, flags) };
}
