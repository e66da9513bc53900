/** What is on the screen of a graph: the view that draws it, and what hangs over it. */

import { signal } from "@preact/signals";
import type { Box } from "../../graphs/scene";
import type { GraphView } from "./graph_view";

export const shownView = signal<GraphView | null>(null);
/** Grows with every frame: what follows the camera reads it. */
export const viewDrawn = signal(0);
/** Where a menu hangs, in the window, and which box it is of; null for none. */
export const menuAt = signal<{ box: Box | null; x: number; y: number } | null>(null);
