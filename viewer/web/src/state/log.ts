/** What the viewer has said: its status, the runs and tags, and whether it still answers. */

import { effect, signal } from "@preact/signals";
import { ApiError, getRuns, getStatus } from "../api/client";
import { Poller } from "../api/poll";
import type { Runs, Status } from "../api/types";
import { isRecording } from "../saved/recorder";
import { saved } from "../saved/saved";
import { reloadPeriod, reloads } from "./settings";

export type Connection =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "lost"; why: Loss; said: string; retryAt: number };

/** Nobody answers; somebody does, but not to this address; or the viewer answers that it failed. */
export type Loss = "gone" | "refused" | "failed";

const FAILURES_UNTIL_LOST = 2;
/** A log that loads is shown as it fills; the viewer itself waits a moment before each such answer. */
const LOADING_PERIOD_MS = 150;

export const status = signal<Status | null>(null);
export const connection = signal<Connection>({ state: "connecting" });

/** Runs and tags; a new object only if a run, a colour or a tag is new, not for every new point. */
export const catalog = signal<Runs | null>(null);

/** Grows with every change of the log; what shows data reads it to know when to ask again. */
export const revision = signal(0);

/** Which catalog is here, as the viewer numbers them; each viewer has numbers of its own. */
let version = -1;

const poller = new Poller<Status>({
  ask: (signal) => {
    const now = isUrged;
    isUrged = false;
    return getStatus(signal, now);
  },
  onAnswer: take,
  periodAfter: (answer) => (answer.state === "loading" ? LOADING_PERIOD_MS : reloadPeriod.peek() * 1000),
  onFailure: (error, failures, waitMs) => {
    const why = lossOf(error);
    if (failures < FAILURES_UNTIL_LOST && why === "gone") return;
    const said = error instanceof ApiError ? error.message : "";
    connection.value = { state: "lost", why, said, retryAt: Date.now() + waitMs };
  },
  isHidden: () => document.visibilityState === "hidden" || isPaused(),
});

function lossOf(error: unknown): Loss {
  if (!(error instanceof ApiError)) return "gone";
  return error.status === 403 || error.status === 404 ? "refused" : "failed";
}

export function followLog(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void poller.poke();
  });
  // At once when the settings change, and the first time.
  effect(() => {
    reloads.value;
    reloadPeriod.value;
    void poller.poke();
  });
  // Beside the first status, not after it: the first chart is on the screen sooner. What fails here, the poller reports.
  loadCatalog().catch(() => undefined);
}

export const askNow = (): Promise<void> => poller.poke();

/** Whether somebody waits for the log to be read anew. */
export const reloading = signal(false);

let isUrged = false;

/** Read the log anew now, however long ago that was done last. */
export async function reloadNow(): Promise<void> {
  if (reloading.peek()) return;
  reloading.value = true;
  isUrged = true;
  await poller.poke();
  // What was being waited for already was asked without urging.
  if (isUrged) await poller.poke();
  reloading.value = false;
}

/** A log is read to its end, and a viewer that was lost is looked for, whatever the settings say. */
function isPaused(): boolean {
  if (saved || isRecording) return status.peek() !== null && status.peek()?.state !== "loading";
  return !reloads.peek() && connection.peek().state === "live" && status.peek()?.state !== "loading";
}

async function take(answer: Status): Promise<void> {
  if (connection.peek().state !== "live") {
    // Another viewer may answer now.
    if (connection.peek().state === "lost") version = -1;
    connection.value = { state: "live" };
  }
  // Without a run there may still be embeddings.
  const isFilled = answer.runs > 0 || answer.state === "ready";
  if (isFilled && answer.catalog !== version) await loadCatalog();
  if (isFilled) revision.value = Math.max(answer.revision, catalog.peek()?.revision ?? 0);
  if (!isFilled && answer.state !== "loading") forgetCatalog();
  status.value = answer;
}

let loading: Promise<void> | null = null;

function loadCatalog(): Promise<void> {
  loading ??= fetchCatalog().finally(() => {
    loading = null;
  });
  return loading;
}

async function fetchCatalog(): Promise<void> {
  const { catalog: number, ...runs } = await getRuns();
  if (number !== version) {
    version = number;
    catalog.value = runs;
  }
  revision.value = runs.revision;
}

function forgetCatalog(): void {
  version = -1;
  catalog.value = null;
}
