/** A page that was saved to a file: what it holds, and whether this is one. */

/** An answer of the viewer as it is kept in the file. */
export interface SavedAnswer {
  /** As it was asked for: `api/v1/images?run=a&tag=b`. */
  url: string;
  type: string;
  /** Headers that the page reads. */
  headers: Record<string, string>;
  /** Base64. */
  body: string;
}

export interface SavedPage {
  /** Seconds since the epoch. */
  savedAt: number;
  /** The view, as it stands in an address. */
  hash: string;
  tab: string;
  answers: SavedAnswer[];
  /** How many answers were too large to be kept. */
  leftOut: number;
}

export const SAVED_ID = "cellboard-saved";

/** What this page holds if it is a saved one; null in a viewer. */
export const saved: SavedPage | null = read();

function read(): SavedPage | null {
  const element = document.getElementById(SAVED_ID);
  return element ? (JSON.parse(element.textContent ?? "") as SavedPage) : null;
}
