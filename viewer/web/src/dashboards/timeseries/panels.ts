/** Charts of several tags that a person put together; each is a pinned card whose key says all of it. */

import { pins, replacePin } from "./pins";

export interface Panel {
  /** Tells it from other panels, whatever becomes of its tags. */
  id: number;
  /** Empty: it is called by its tags. */
  name: string;
  tags: readonly string[];
  /** All tags that match this as well; empty: none. */
  match: string;
}

const MOST_TAGS = 100;
const MOST_LETTERS = 1000;
const PREFIX = "panel:";

export const writePanel = ({ id, name, tags, match }: Panel): string =>
  PREFIX + JSON.stringify([id, name, match, ...tags]);

/** The panel of a pin; null if it is none. */
export function readPanel(key: string): Panel | null {
  if (!key.startsWith(PREFIX)) return null;
  try {
    const parts: unknown = JSON.parse(key.slice(PREFIX.length));
    if (!Array.isArray(parts)) return null;
    const [id, ...texts] = parts as unknown[];
    if (!Number.isSafeInteger(id) || !texts.every((text) => typeof text === "string")) return null;
    const [name = "", match = "", ...tags] = texts as string[];
    return {
      id: id as number,
      name: name.slice(0, MOST_LETTERS),
      match: match.slice(0, MOST_LETTERS),
      tags: [...new Set(tags)].slice(0, MOST_TAGS),
    };
  } catch {
    return null;
  }
}

/** Put a new chart of these tags on top of the page. */
export function addPanel(tags: readonly string[]): void {
  const ids = pins.peek().map((key) => readPanel(key)?.id ?? 0);
  const id = Math.max(0, ...ids) + 1;
  pins.value = [writePanel({ id, name: "", tags, match: "" }), ...pins.peek()];
}

/** Change a panel where it stands. */
export function changePanel(panel: Panel, change: Partial<Panel>): void {
  replacePin(writePanel(panel), writePanel({ ...panel, ...change }));
}

/** Add a tag, or take it away. */
export function togglePanelTag(panel: Panel, tag: string): void {
  const tags = panel.tags.includes(tag) ? panel.tags.filter((other) => other !== tag) : [...panel.tags, tag];
  changePanel(panel, { tags: tags.slice(0, MOST_TAGS) });
}

/** What a panel is called. */
export function panelTitle({ name, tags, match }: Panel): string {
  if (name) return name;
  const parts = [...tags.slice(0, 3), ...(tags.length > 3 ? [`${tags.length - 3} more`] : [])];
  return [...parts, ...(match ? [`/${match}/`] : [])].join(" + ") || "New chart";
}
