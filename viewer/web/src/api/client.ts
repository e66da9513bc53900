/** Reads from the viewer. Every address is relative to the page, so a token or a proxy's prefix is carried along. */

import { fetchHere } from "./fetch";
import { type CompactRuns, expandRuns } from "./runs";
import { decodeScalars, type Scalars } from "./scalars";
import type { Histograms, Images, Runs, Status, Texts } from "./types";

export type XAxis = "step" | "relative" | "wall";

/** The axis of a scalar chart: `tag` is another scalar of the run. */
export type ChartAxis = XAxis | "tag";

/** How a curve is smoothed; see docs/http-api.md. */
export type SmoothingKind = "ema" | "halflife" | "mean" | "median" | "gaussian" | "gaussian_x";

/** What the viewer answered instead of data. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly hint: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Whether a failure may be gone a moment later: no answer at all, or a proxy's excuse. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 500 || error.status === 429;
  return !(error instanceof DOMException && error.name === "AbortError");
}

type Value = string | number | readonly string[] | undefined;

/** The address of one read, e.g. `api/v1/images?run=a&tag=b`. */
export function address(path: string, parameters: Record<string, Value> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return `api/v1/${path}${text ? `?${text}` : ""}`;
}

/** How a question gets to who answers it. */
export type Transport = (url: string, options: RequestInit) => Promise<Response>;

let ask: Transport = fetchHere;

/** Have questions answered by something else than the viewer's HTTP, or noted on their way. */
export function askThrough(wrap: (before: Transport) => Transport): void {
  ask = wrap(ask);
}

export async function get(url: string, signal?: AbortSignal): Promise<Response> {
  const response = await ask(url, signal ? { signal } : {});
  if (response.ok) return response;
  const said = (await response.json().catch(() => null)) as { error?: string; hint?: string } | null;
  throw new ApiError(said?.error ?? `the viewer answered ${response.status}`, response.status, said?.hint ?? "");
}

export async function json<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await (await get(url, signal)).json()) as T;
}

/** How the log stands; `now`: read it anew, however long ago that was done last. */
export const getStatus = (signal?: AbortSignal, now = false): Promise<Status> =>
  json(address("status", { now: now ? 1 : undefined }), signal);

/** `Runs`, and the number of this catalog in `Status`. */
export const getRuns = async (signal?: AbortSignal): Promise<Runs & { catalog: number }> =>
  expandRuns(await json<CompactRuns>(address("runs", { compact: 1 }), signal));

export interface ScalarsQuery {
  tag: string;
  /** Undefined: every run that has the tag. */
  run?: readonly string[] | undefined;
  width: number;
  x: ChartAxis;
  /** With `x: "tag"`: the scalar that stands on the axis. */
  x_tag?: string | undefined;
  /** How x lies along the axis; evenly if not given. */
  x_scale?: "log" | "symlog" | undefined;
  from?: number | undefined;
  to?: number | undefined;
  superseded?: 1 | undefined;
  smoothing?: number | undefined;
  kind?: SmoothingKind | undefined;
}

export async function getScalars(query: ScalarsQuery, signal?: AbortSignal): Promise<Scalars> {
  const response = await get(address("scalars", { ...query }), signal);
  return decodeScalars(await response.arrayBuffer());
}

export const getImages = (run: string, tag: string, signal?: AbortSignal): Promise<Images> =>
  json(address("images", { run, tag }), signal);

export interface EncodedImage {
  /** As logged. */
  blob: Blob;
  /** How many images its step holds. */
  count: number;
}

/** One image of a step. */
export async function getImage(
  run: string,
  tag: string,
  index: number,
  item: number,
  signal?: AbortSignal,
): Promise<EncodedImage> {
  const answer = await get(address("image", { run, tag, index, item: item || undefined }), signal);
  const count = Number(answer.headers.get("Cellboard-Image-Count"));
  return { blob: await answer.blob(), count: Number.isInteger(count) && count > 0 ? count : 1 };
}

export const getHistograms = (
  run: string,
  tag: string,
  limit: number,
  bins: number,
  signal?: AbortSignal,
): Promise<Histograms> => json(address("histograms", { run, tag, limit, bins }), signal);

export const getTexts = (
  run: string,
  tag: string,
  range: { start?: number; limit?: number },
  signal?: AbortSignal,
): Promise<Texts> => json(address("texts", { run, tag, ...range }), signal);

/** Why an address that a browser is to follow gives no file, in words; null if it does. */
export async function refusalOf(url: string): Promise<string | null> {
  try {
    const asked = await fetchHere(url, { method: "HEAD" });
    if (!asked.ok) await get(url);
    return null;
  } catch (reason) {
    if (reason instanceof ApiError && reason.hint) return `${reason.message}: ${reason.hint}`;
    return reason instanceof Error ? reason.message : String(reason);
  }
}
