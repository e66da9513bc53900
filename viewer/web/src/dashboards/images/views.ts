/** How each tag's pictures are looked at: zoom and place are one for all runs, so that they show the same part. */

import type { Codec } from "../../state/hash";
import { hashSignal } from "../../state/hash";
import { type View, WHOLE } from "./geometry";

const MOST_ZOOM = 10_000;

const codec: Codec<ReadonlyMap<string, View>> = {
  read: (values) => {
    const found = new Map<string, View>();
    for (const value of values) {
      const [zoom = "", x = "", y = "", ...tag] = value.split(",");
      const view = { zoom: Number(zoom), x: Number(x), y: Number(y) };
      const inside = [view.x, view.y].every((part) => part >= 0 && part <= 1);
      if (view.zoom >= 1 && view.zoom <= MOST_ZOOM && inside) found.set(tag.join(","), view);
    }
    return found.size ? found : undefined;
  },
  write: (views) => [...views].map(([tag, { zoom, x, y }]) => `${short(zoom)},${short(x)},${short(y)},${tag}`),
};

const short = (value: number): string => String(Number(value.toPrecision(5)));

const views = hashSignal<ReadonlyMap<string, View>>("image-view", new Map(), codec);

export const viewOf = (tag: string): View => views.value.get(tag) ?? WHOLE;

export function setView(tag: string, view: View): void {
  const next = new Map(views.peek());
  if (view.zoom === 1 && view.x === 0.5 && view.y === 0.5) next.delete(tag);
  else next.set(tag, view);
  views.value = next;
}
