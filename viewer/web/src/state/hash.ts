/**
 * The view's state in the address after `#`: `#images&runs=exp.*&smoothing=0.6`.
 *
 * A signal made with `hashSignal` reads its value from there and writes it back when it changes; at its default value it
 * leaves the address alone. What no signal has asked for yet (a page's part that was not opened) is kept as it is. The
 * same text is kept for the tab's session, since a frame in a notebook is loaded anew from its bare address.
 */

import { effect, type Signal, signal } from "@preact/signals";
import { saved } from "../saved/saved";

export interface Codec<T> {
  /** Undefined: not understood, the default is taken. */
  read(values: string[]): T | undefined;
  write(value: T): string[];
}

interface Entry {
  name: string;
  write(): string[] | null;
  read(values: string[] | undefined): void;
}

const WRITE_DELAY_MS = 120;
const entries: Entry[] = [];
let known = parseHash(initialHash());
let timer: ReturnType<typeof setTimeout> | undefined;
/** The address' hash as it was last read or written here. */
let seen = location.hash;

export function parseHash(hash: string): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  const segments = hash.replace(/^#/, "").split("&").filter(Boolean);
  segments.forEach((segment, index) => {
    const equals = segment.indexOf("=");
    const isTab = index === 0 && equals < 0;
    const name = isTab ? "tab" : decode(equals < 0 ? segment : segment.slice(0, equals));
    const value = isTab ? decode(segment) : equals < 0 ? "" : decode(segment.slice(equals + 1));
    parts.set(name, [...(parts.get(name) ?? []), value]);
  });
  return parts;
}

export function formatHash(parts: ReadonlyMap<string, readonly string[]>): string {
  const tab = parts.get("tab")?.[0];
  const rest = [...parts]
    .filter(([name]) => name !== "tab")
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`));
  const text = [...(tab ? [encode(tab)] : []), ...rest].join("&");
  return text ? `#${text}` : "";
}

/** A signal whose value lives in the address under `name`. */
export function hashSignal<T>(name: string, fallback: T, codec: Codec<T>): Signal<T> {
  const state = signal(codec.read(known.get(name) ?? []) ?? fallback);
  const atDefault = codec.write(fallback).join("\n");
  entries.push({
    name,
    write: () => {
      const values = codec.write(state.value);
      return values.join("\n") === atDefault ? null : values;
    },
    read: (values) => {
      state.value = (values && codec.read(values)) ?? fallback;
    },
  });
  let isFirst = true;
  effect(() => {
    state.value;
    if (!isFirst) scheduleWrite();
    isFirst = false;
  });
  return state;
}

/** The state as it would stand in the address now. */
export function currentHash(): string {
  const parts = new Map(known);
  for (const entry of entries) {
    const values = entry.write();
    if (values === null) parts.delete(entry.name);
    else parts.set(entry.name, values);
  }
  return formatHash(parts);
}

/** The page's address with the whole state as it is now. */
export const addressOfView = (): string => location.href.replace(/#.*$/, "") + currentHash();

/** Follow edits of the address, and write what is still waiting before the page goes away. */
export function watchAddress(): void {
  addEventListener("hashchange", () => {
    seen = location.hash;
    if (location.hash === currentHash()) return;
    known = parseHash(location.hash);
    for (const entry of entries) entry.read(known.get(entry.name));
  });
  addEventListener("pagehide", writeNow);
}

function scheduleWrite(): void {
  clearTimeout(timer);
  timer = setTimeout(writeNow, WRITE_DELAY_MS);
}

function writeNow(): void {
  clearTimeout(timer);
  // Somebody went back or forward, or typed: that is read in a moment, and would be undone by writing now.
  if (location.hash !== seen) return;
  const hash = currentHash();
  known = parseHash(hash);
  try {
    if (hash !== location.hash) {
      const address = hash || location.pathname + location.search;
      if (isOtherTab(location.hash, hash)) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      seen = location.hash;
    }
    sessionStorage.setItem(storageKey(), hash);
  } catch {
    // Storage is refused in some frames: the address alone holds the state then. A file may be refused both.
  }
}

/** Whether "back" is to lead to the page's tab before. Not in a frame: there it would hold up the notebook's own "back". */
function isOtherTab(before: string, now: string): boolean {
  if (window.parent !== window) return false;
  return parseHash(before).get("tab")?.[0] !== parseHash(now).get("tab")?.[0];
}

function initialHash(): string {
  if (location.hash.length > 1) return location.hash;
  if (saved) return saved.hash;
  try {
    return sessionStorage.getItem(storageKey()) ?? "";
  } catch {
    return "";
  }
}

function storageKey(): string {
  return `cellboard:view:${location.pathname}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%2C/g, ",");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
