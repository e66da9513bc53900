/** The parts of charts that were zoomed into, by tag, in the address: `zoom=120,480:train/loss`. */

import { effect } from "@preact/signals";
import { chartAxis, xTag } from "../../state/axis";
import { type Codec, hashSignal } from "../../state/hash";
import type { Range } from "./chart/extent";
import type { Zoom } from "./chart/plot";

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
  return x && (ends.length === 2 || (ends.length === 4 && y)) ? [[text.slice(colon + 1), { x, y }]] : [];
}

/** Each as `x0,x1:tag`, or `x0,x1,y0,y1:tag`; what makes no sense is left out. */
export const zoomCodec: Codec<Zooms> = {
  read: (values) => new Map(values.flatMap(readOne)),
  write: (zooms) => [...zooms].map(([tag, { x, y }]) => `${[x, ...(y ? [y] : [])].map(compact).join()}:${tag}`),
};

export const zooms = hashSignal<Zooms>("zoom", new Map(), zoomCodec);

/** Show a part of a tag's chart; null: everything. */
export function setZoom(tag: string, zoom: Zoom | null): void {
  const next = new Map(zooms.peek());
  if (zoom) next.set(tag, zoom);
  else next.delete(tag);
  zooms.value = next;
}

// A range of steps means nothing on an axis of seconds. An edited address brings its zooms along: they are read later.
const axisNow = (): string => `${chartAxis.value} ${xTag.value}`;
let axis = axisNow();
effect(() => {
  const now = axisNow();
  if (now === axis) return;
  axis = now;
  zooms.value = new Map();
});
