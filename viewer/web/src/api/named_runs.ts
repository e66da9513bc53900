/** Which runs an address names. */

/** Names of so many letters fit into an address that every proxy takes. */
const MOST_LETTERS = 6000;

/** The runs to ask for by name; undefined for all that have the tag, which is what is wanted, or shorter to say. */
export function namedRuns(runs: readonly string[], runsWithTag: number): readonly string[] | undefined {
  if (runs.length >= runsWithTag) return undefined;
  let letters = 0;
  for (const run of runs) letters += "&run=".length + encodeURIComponent(run).length;
  return letters <= MOST_LETTERS ? runs : undefined;
}
