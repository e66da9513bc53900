/** What the pointer, or the keyboard, is at in any chart, and what of it is kept open. */

import { signal } from "@preact/signals";
import { drawnValue, type Hit } from "./chart/nearest";
import type { TooltipOrder } from "./settings";

export interface Pointed {
  tag: string;
  clientX: number;
  clientY: number;
  /** The plot, from top to bottom, in the window. */
  plot: { top: number; bottom: number };
  hits: readonly Hit[];
  closest: Hit | null;
  /** How far each hit is from the pointer, in pixels. */
  distances: ReadonlyMap<Hit, number>;
  /** What else is to be said of the place. */
  notes: readonly string[];
}

/** What is pointed at; null if nothing is. */
export const pointed = signal<Pointed | null>(null);

/** What stays open until it is closed; null: nothing. */
export const pinned = signal<Pointed | null>(null);

export function pin(): void {
  if (pointed.peek()) pinned.value = pointed.peek();
}

export function unpin(): void {
  pinned.value = null;
}

/** The hits in the order of their rows; what cannot be ordered comes last. */
export function orderHits({ hits, distances }: Pointed, order: TooltipOrder): Hit[] {
  if (order === "name") return [...hits].sort((a, b) => names.compare(a.line.label, b.line.label));
  if (order === "near") return [...hits].sort((a, b) => rank(distances.get(a)) - rank(distances.get(b)));
  const sign = order === "high" ? -1 : 1;
  const key = (hit: Hit): number => {
    const value = drawnValue(hit);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
  };
  return [...hits].sort((a, b) => key(a) - key(b) || 0);
}

const names = new Intl.Collator(undefined, { numeric: true });
const rank = (distance: number | undefined): number =>
  distance === undefined || Number.isNaN(distance) ? Number.MAX_VALUE : distance;
