/** What the viewer has said: its status, the runs and tags, and whether it still answers. */

import { signal } from "@preact/signals";
import { ApiError, getRuns, getStatus } from "../api/client";
import { Poller } from "../api/poll";
import type { Runs, Status } from "../api/types";

export type Connection =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "lost"; refused: boolean; retryAt: number };

const FAILURES_UNTIL_LOST = 2;

export const status = signal<Status | null>(null);
export const connection = signal<Connection>({ state: "connecting" });

/** Runs and tags; a new object only if a run, a colour or a tag is new, not for every new point. */
export const catalog = signal<Runs | null>(null);

/** Grows with every change of the log; what shows data reads it to know when to ask again. */
export const revision = signal(0);

let shape = "";

const poller = new Poller<Status>({
  ask: getStatus,
  onAnswer: take,
  onFailure: (error, failures, waitMs) => {
    const refused = error instanceof ApiError && error.status === 403;
    if (failures < FAILURES_UNTIL_LOST && !refused) return;
    connection.value = { state: "lost", refused, retryAt: Date.now() + waitMs };
  },
  isHidden: () => document.visibilityState === "hidden",
});

export function followLog(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void poller.poke();
  });
  void poller.poke();
}

export const askNow = (): Promise<void> => poller.poke();

async function take(answer: Status): Promise<void> {
  const before = status.peek();
  const changed = answer.revision !== before?.revision || answer.state !== before.state;
  if (connection.peek().state !== "live") connection.value = { state: "live" };
  if (answer.state === "ready" && (changed || catalog.peek() === null)) await loadCatalog();
  if (answer.state !== "ready" && answer.state !== "loading") forgetCatalog();
  status.value = answer;
}

async function loadCatalog(): Promise<void> {
  const runs = await getRuns();
  const text = JSON.stringify([runs.tags, runs.runs]);
  if (text !== shape) {
    shape = text;
    catalog.value = runs;
  }
  revision.value = runs.revision;
}

function forgetCatalog(): void {
  shape = "";
  catalog.value = null;
}
