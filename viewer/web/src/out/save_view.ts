/** Saves the current view as a file that opens without a viewer. */

import { fetchHere } from "../api/fetch";
import type { CompactRuns } from "../api/runs";
import { tab } from "../frame/tabs";
import type { Recording } from "../saved/recorder";
import type { SavedAnswer, SavedPage } from "../saved/saved";
import { currentHash, formatHash, parseHash } from "../state/hash";
import { shownRuns } from "../state/runs";
import { theme } from "../state/theme";
import { recordView } from "./record_view";
import { savedPage } from "./saved_page";

/** Beyond this, the largest answers are left out: browsers open no file of any size, and mail takes less. */
const MOST_BYTES = 48e6;

export interface Saved {
  file: Blob;
  answers: number;
  leftOut: number;
  isComplete: boolean;
}

/** Whether the viewer has the script that a saved page consists of. */
export const canSave = "" in __OFFLINE_SCRIPTS__;

export async function saveView(title: string, onCount: (count: number) => void, stop: AbortSignal): Promise<Saved> {
  const parts = Promise.all([textOf(__OFFLINE_SCRIPTS__[tab.peek().id] ?? __OFFLINE_SCRIPTS__[""] ?? ""), style()]);
  parts.catch(() => undefined);
  const { recording, isComplete } = await recordView(currentHash(), onCount, stop);
  const { answers, leftOut } = await keep(recording);
  const page: SavedPage = { savedAt: Date.now() / 1000, hash: hashToKeep(), tab: tab.peek().id, answers, leftOut };
  const [script, css] = await parts;
  const html = savedPage({ title, page, script, style: css, nonce: newNonce() });
  return { file: new Blob([html], { type: "text/html" }), answers: answers.length, leftOut, isComplete };
}

/** The view without the names of runs that it does not show. */
function hashToKeep(): string {
  const parts = parseHash(currentHash());
  parts.delete("select");
  parts.set("tab", [tab.peek().id]);
  if (theme.peek() !== "system") parts.set("theme", [theme.peek()]);
  return formatHash(parts);
}

async function keep(recording: Recording): Promise<{ answers: SavedAnswer[]; leftOut: number }> {
  const smallestFirst = [...recording.answers].sort(([, a], [, b]) => a.body.byteLength - b.body.byteLength);
  const answers: SavedAnswer[] = [];
  let size = 0;
  for (const [url, { type, headers, body }] of smallestFirst) {
    size += body.byteLength;
    if (size > MOST_BYTES) break;
    answers.push({ url, type, headers, body: await base64(url.startsWith("api/v1/runs") ? onlyShown(body) : body) });
  }
  return { answers, leftOut: smallestFirst.length - answers.length };
}

/** The list of runs with those that are shown. */
function onlyShown(body: ArrayBuffer): ArrayBuffer {
  const runs = JSON.parse(new TextDecoder().decode(body)) as CompactRuns;
  const shown = new Set(shownRuns.peek().map((run) => run.name));
  const kept = { ...runs, runs: runs.runs.filter(([name]) => shown.has(name)) };
  return new TextEncoder().encode(JSON.stringify(kept)).buffer as ArrayBuffer;
}

function base64(body: ArrayBuffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([body]));
  });
}

async function style(): Promise<string> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  return (await Promise.all(sheets.map((sheet) => textOf(sheet.href)))).join("\n");
}

async function textOf(url: string): Promise<string> {
  const answer = await fetchHere(url);
  if (!answer.ok) throw new Error(`The viewer does not send ${url}`);
  return answer.text();
}

function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/[^A-Za-z0-9]/g, "");
}
