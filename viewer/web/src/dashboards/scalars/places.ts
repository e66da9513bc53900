/** Places on the x axis whose values are listed below the charts: of all charts together, or of each by itself. */

import { effect } from "@preact/signals";
import { chartAxis, xAxisName } from "../../state/axis";
import { flagCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";

export interface Place {
  from: number;
  /** Null: a single place. */
  to: number | null;
}

const DIGITS = 12;
const short = (value: number): string => String(Number(value.toPrecision(DIGITS)));

export function readPlace(text: string): Place | undefined {
  const ends = text.split(",").map((end) => Number(end || Number.NaN));
  const [from = Number.NaN, to = null] = ends;
  if (ends.length > 2 || !ends.every(Number.isFinite)) return undefined;
  return to === null || to === from ? { from, to: null } : { from: Math.min(from, to), to: Math.max(from, to) };
}

export const writePlace = ({ from, to }: Place): string => [from, ...(to === null ? [] : [to])].map(short).join();

export const placeCodec: Codec<Place | null> = {
  read: (values) => readPlace(values[0] ?? ""),
  write: (place) => (place ? [writePlace(place)] : []),
};

/** Each as `from:chart` or `from,to:chart`. */
export const placesCodec: Codec<ReadonlyMap<string, Place>> = {
  read: (values) =>
    new Map(
      values.flatMap((text): [string, Place][] => {
        const colon = text.indexOf(":");
        const place = colon > 0 ? readPlace(text.slice(0, colon)) : undefined;
        return place ? [[text.slice(colon + 1), place]] : [];
      }),
    ),
  write: (places) => [...places].map(([id, place]) => `${writePlace(place)}:${id}`),
};

/** Whether one place holds for all charts. */
export const linkPlaces = hashSignal<boolean>("at-link", true, flagCodec);
export const placeOfAll = hashSignal<Place | null>("at", null, placeCodec);
export const placesOfCharts = hashSignal<ReadonlyMap<string, Place>>("at-chart", new Map(), placesCodec);

/** The place of a chart; null: none. */
export const placeOf = (id: string): Place | null =>
  linkPlaces.value ? placeOfAll.value : (placesOfCharts.value.get(id) ?? null);

/** Steps are whole, and the ends in order. */
export function tidy({ from, to }: Place): Place {
  const whole = (value: number): number => (chartAxis.peek() === "step" ? Math.round(value) : value);
  const [low, high] = [whole(from), to === null ? null : whole(to)];
  if (high === null || high === low) return { from: low, to: null };
  return { from: Math.min(low, high), to: Math.max(low, high) };
}

/** Choose a place in a chart, or in all if they are linked; null: none. */
export function setPlace(id: string, place: Place | null): void {
  const next = place && tidy(place);
  if (linkPlaces.peek()) {
    placeOfAll.value = next;
    return;
  }
  const places = new Map(placesOfCharts.peek());
  if (next) places.set(id, next);
  else places.delete(id);
  placesOfCharts.value = places;
}

/** Let one place hold for all charts, or each have its own: what was chosen stays chosen. */
export function setLinkedPlaces(linked: boolean): void {
  if (linked) placeOfAll.value = [...placesOfCharts.peek().values()].at(-1) ?? placeOfAll.peek();
  placesOfCharts.value = new Map();
  linkPlaces.value = linked;
}

// A step means nothing on an axis of seconds. An edited address brings its places along: they are read later.
let axis = xAxisName.peek();
effect(() => {
  if (xAxisName.value === axis) return;
  axis = xAxisName.value;
  placeOfAll.value = null;
  placesOfCharts.value = new Map();
});
