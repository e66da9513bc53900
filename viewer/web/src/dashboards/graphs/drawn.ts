/** What the page of graphs shows, as plain numbers; the page says how to tell once it is loaded. */

export interface DescribedBox {
  path: string;
  name: string;
  kind: string;
  op: string;
  isExpanded: boolean;
  canExpand: boolean;
  isExtracted: boolean;
  attachments: string[];
  /** In the window, in CSS pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** What it is filled with, `#rrggbb`. */
  fill: string;
  isDimmed: boolean;
}

export interface DescribedGraph {
  phase: string;
  /** Why there is no picture, or none of what was asked for. */
  words: string;
  form: string;
  boxCount: number;
  boxes: DescribedBox[];
  edges: { from: string; to: string; label: string; isControl: boolean; width: number }[];
  selected: string;
  /** What the pointer is at. */
  pointed: string;
  traced: string[] | null;
  mode: string;
  camera: { x: number; y: number; zoom: number };
  view: { width: number; height: number };
  scene: { width: number; height: number };
  /** All of what is seen is drawn as sharp as it can be, and nothing moves. */
  isSharp: boolean;
  frames: { drawn: number; unsharp: number };
  found: { paths: readonly string[]; total: number; error: string | null; at: number } | null;
}

export const drawnGraph: { describe: ((most?: number) => DescribedGraph) | null } = { describe: null };
