/** The parts of charts that were zoomed into, by tag, in the address: `zoom=120,480:train/loss`. */

import { batch, computed, effect } from "@preact/signals";
import { chartAxis, xTag } from "../../state/axis";
import { type Codec, hashSignal } from "../../state/hash";
import type { Range } from "./chart/extent";
import type { Zoom } from "./chart/plot";
import { linkZoom } from "./settings";

export type Zooms = ReadonlyMap<string, Zoom>;

/** Digits that tell places apart within a range: finer than a pixel of any chart. */
const DIGITS = 5;
const MOST_DIGITS = 17;

/** The range in as few digits as show the same picture. */
function compact([low, high]: Range): string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const wanted = Math.ceil(Math.log10(largest / (high - low))) + DIGITS;
  const digits = Math.min(MOST_DIGITS, Math.max(DIGITS, Number.isFinite(wanted) ? wanted : MOST_DIGITS));
  return [low, high].map((end) => String(Number(end.toPrecision(digits)))).join();
}

function range(low: string | undefined, high: string | undefined): Range | null {
  const ends: Range = [Number(low || Number.NaN), Number(high || Number.NaN)];
  return ends.every(Number.isFinite) && ends[1] > ends[0] ? ends : null;
}

function readOne(text: string): [string, Zoom][] {
  const colon = text.indexOf(":");
  const ends = text.slice(0, Math.max(0, colon)).split(",");
  const x = range(ends[0], ends[1]);
  const y = range(ends[2], ends[3]);
  const isWhole = x ? ends.length === 2 || (ends.length === 4 && y) : ends.length === 4 && !ends[0] && !ends[1] && y;
  return isWhole ? [[text.slice(colon + 1), { x, y }]] : [];
}

/** Each as `x0,x1:tag`, `x0,x1,y0,y1:tag` or `,,y0,y1:tag`; what makes no sense is left out. */
export const zoomCodec: Codec<Zooms> = {
  read: (values) => new Map(values.flatMap(readOne)),
  write: (zooms) =>
    [...zooms].map(([tag, { x, y }]) => `${[x ? compact(x) : ",", ...(y ? [compact(y)] : [])].join()}:${tag}`),
};

export const zooms = hashSignal<Zooms>("zoom", new Map(), zoomCodec);

const rangeCodec: Codec<Range | null> = {
  read: (values) => {
    const ends = values[0]?.split(",") ?? [];
    return ends.length === 2 ? range(ends[0], ends[1]) : null;
  },
  write: (x) => (x ? [compact(x)] : []),
};

/** The part of the x axis that all charts show while their zooms are linked. */
export const linkedX = hashSignal<Range | null>("zoomx", null, rangeCodec);

/** What part of a tag's chart is shown; null: everything. Reads signals. */
export function zoomOf(tag: string): Zoom | null {
  const own = zooms.value.get(tag) ?? null;
  if (!linkZoom.value) return own;
  const x = linkedX.value;
  const y = own?.y ?? null;
  return x || y ? { x, y } : null;
}

/** Show a part of a tag's chart; null: everything. */
export function setZoom(tag: string, zoom: Zoom | null): void {
  const own = linkZoom.peek() ? zoom && { x: null, y: zoom.y } : zoom;
  const next = new Map(zooms.peek());
  if (own?.x || own?.y) next.set(tag, own);
  else next.delete(tag);
  batch(() => {
    if (linkZoom.peek()) linkedX.value = zoom?.x ?? null;
    zooms.value = next;
  });
}

export const isZoomed = computed(() => zooms.value.size > 0 || (linkZoom.value && linkedX.value !== null));

/** Show everything of all charts. */
export function resetZooms(): void {
  batch(() => {
    linkedX.value = null;
    zooms.value = new Map();
  });
}

/** Link the zooms, or let them go; linked ones begin with that of the chart zoomed last. */
export function setLinked(on: boolean): void {
  batch(() => {
    if (on) {
      const last = [...zooms.peek().values()].reverse().find((zoom) => zoom.x);
      linkedX.value = last?.x ?? null;
      zooms.value = new Map([...zooms.peek()].flatMap(([tag, { y }]) => (y ? [[tag, { x: null, y }]] : [])));
    }
    linkZoom.value = on;
    if (!on) linkedX.value = null;
  });
}

// A range of steps means nothing on an axis of seconds. An edited address brings its zooms along: they are read later.
const axisNow = (): string => `${chartAxis.value} ${xTag.value}`;
let axis = axisNow();
effect(() => {
  const now = axisNow();
  if (now === axis) return;
  axis = now;
  resetZooms();
});
