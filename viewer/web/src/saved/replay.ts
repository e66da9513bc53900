/**
 * Answers out of a saved page.
 *
 * A window of another width asks for other columns, and a zoom for a range: what was saved is the same data seen
 * otherwise, so these do not count. Whatever else is asked for must have been saved.
 */

import { signal } from "@preact/signals";
import type { Transport } from "../api/client";
import type { SavedAnswer } from "./saved";

/** How a view is laid out, not what it shows. */
const LAYOUT = new Set(["width", "from", "to", "x_scale", "now"]);

/** Whether something was asked for that is not in the page. */
export const missed = signal(false);

interface Kept {
  answer: SavedAnswer;
  path: string;
  identity: string;
  runs: ReadonlySet<string>;
  layout: string;
}

export function replay(answers: readonly SavedAnswer[]): Transport {
  const kept = answers.map((answer): Kept => ({ answer, ...parse(answer.url) }));
  return async (url) => {
    const found = find(kept, url);
    if (found) return toResponse(found.answer);
    missed.value = true;
    const error = "This was not shown when the page was saved";
    return Response.json({ error, hint: "" }, { status: 404 });
  };
}

/** The answer to what is asked: of several that hold the runs, that of most runs, if it can be of the same layout. */
function find(kept: readonly Kept[], url: string): Kept | undefined {
  const asked = parse(url);
  const candidates = kept
    .filter(({ path, identity, runs }) => path === asked.path && identity === asked.identity && holds(runs, asked.runs))
    .sort((a, b) => reach(b) - reach(a));
  return (
    candidates.find(({ layout }) => layout === asked.layout) ??
    candidates.find(({ layout }) => !/^(?:from|to)=/m.test(layout)) ??
    candidates[0]
  );
}

/** An answer that names no runs holds all; who names none takes what there is. */
const holds = (kept: ReadonlySet<string>, asked: ReadonlySet<string>): boolean =>
  kept.size === 0 || [...asked].every((run) => kept.has(run));

const reach = ({ runs }: Kept): number => runs.size || Number.MAX_VALUE;

function parse(url: string): Omit<Kept, "answer"> {
  const [path = "", query = ""] = url.split("?");
  const parameters = [...new URLSearchParams(query)];
  // Points carry their step and their time, so that one answer serves these axes.
  const counts = ([name, value]: [string, string]): boolean =>
    !LAYOUT.has(name) && name !== "run" && !(name === "x" && value !== "tag");
  const text = (of: [string, string][]): string =>
    of
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join("\n");
  return {
    path,
    identity: text(parameters.filter(counts)),
    runs: new Set(parameters.flatMap(([name, value]) => (name === "run" ? [value] : []))),
    layout: text(parameters.filter(([name]) => LAYOUT.has(name) || name === "x")),
  };
}

function toResponse({ type, headers, body }: SavedAnswer): Response {
  const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  return new Response(bytes, { headers: { "Content-Type": type, ...headers } });
}
