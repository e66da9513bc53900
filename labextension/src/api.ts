import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import { trans } from "./translation";

/** Who started a viewer; a "kernel" is one of this server, `path` its notebook. */
export interface Owner {
  kind: "kernel" | "server" | "process";
  running: boolean;
  kernel: string;
  path: string;
}

/** A running viewer, as `labextension/viewers.py` describes it. */
export interface RunningViewer {
  id: string;
  path: string;
  port: number;
  logdir: string;
  title: string;
  version: string;
  started: number;
  age: number;
  memory: number | null;
  owner: Owner | null;
}

/** What a viewer is started of: a path as people type it, or a path of the file browser. */
export type Asked = { logdir: string; title?: string } | { path: string };

/** An answer that is no; `hint` says what to do. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export async function listViewers(): Promise<RunningViewer[]> {
  return (await send<{ viewers: RunningViewer[] }>("GET")).viewers;
}

/** Start a viewer, or find the one that shows the directory already. */
export async function startViewer(asked: Asked): Promise<RunningViewer> {
  return (await send<{ viewer: RunningViewer }>("POST", "", asked)).viewer;
}

/** Stop one; the ids of what was stopped. */
export async function stopViewer(id: string): Promise<string[]> {
  return (await send<{ stopped: string[] }>("DELETE", id)).stopped;
}

export async function stopAllViewers(): Promise<string[]> {
  return (await send<{ stopped: string[] }>("DELETE")).stopped;
}

async function send<T>(method: string, id = "", body?: Asked): Promise<T> {
  const settings = ServerConnection.makeSettings();
  const address = URLExt.join(settings.baseUrl, "cellboard/api/viewers", id);
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  let response: Response;
  try {
    response = await ServerConnection.makeRequest(address, { cache: "no-store", ...init }, settings);
  } catch {
    throw new ApiError(trans.__("The Jupyter server does not answer."), trans.__("Is it still running?"), 0);
  }
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw refusal(response.status, said);
  }
  return said as T;
}

function refusal(status: number, said: unknown): ApiError {
  const { error, hint } = (said ?? {}) as Record<string, unknown>;
  if (typeof error === "string") {
    return new ApiError(error, typeof hint === "string" ? hint : "", status);
  }
  if (status === 404) {
    const advice = trans.__("Install cellboard where the server runs and restart it.");
    return new ApiError(trans.__("This Jupyter server has no cellboard."), advice, status);
  }
  if (status === 401 || status === 403) {
    return new ApiError(trans.__("The Jupyter server refused this."), trans.__("Log in to Jupyter again."), status);
  }
  return new ApiError(trans.__("The Jupyter server could not do this (status %1).", status), "", status);
}
