/** Holds a graph and lays it out off the page's thread, where what takes too long can be ended. */

import type { GraphTable } from "../api/graphs";
import type { CallName, Calls, GraphAnswer, GraphRequest } from "./messages";
import { GraphSession } from "./session";

let session: GraphSession | undefined;

function opened(): GraphSession {
  if (!session) throw new Error("No graph is open");
  return session;
}

const answers: { [K in CallName]: (ask: Calls[K]["ask"]) => Calls[K]["answer"] } = {
  open: (content) => {
    session = new GraphSession(JSON.parse(new TextDecoder().decode(content)) as GraphTable);
    return session.overview();
  },
  layout: (view) => opened().layout(view),
  reveal: (path) => opened().reveal(path),
  paths: () => opened().paths(),
  search: ({ text, limit }) => opened().search(text, limit),
  trace: ({ path, direction }) => opened().trace(path, direction),
  facts: (path) => opened().facts(path),
  expandAll: (under) => opened().expandAll(under),
};

function answer({ id, call, ask }: GraphRequest): GraphAnswer {
  try {
    const run = answers[call] as (ask: unknown) => unknown;
    return { id, answer: run(ask) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", (event: MessageEvent<GraphRequest>) => postMessage(answer(event.data)));
