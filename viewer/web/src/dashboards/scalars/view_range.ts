/** Which part of the data a chart asks for. */

import type { Bounds, Range } from "./chart/extent";
import { magnified } from "./chart/gestures";
import type { Zoom } from "./chart/plot";
import { makeScale, type ScaleKind } from "./chart/scale";

export interface Asked {
  from: number | undefined;
  to: number | undefined;
  width: number;
}

/** Widths are rounded up to this, so that dragging an edge does not ask again at every pixel. */
const WIDTH_STEP = 64;
const MOST_COLUMNS = 8192;
/** A part is asked for with half as much more on each side, so that there is something to see when it is moved. */
const WITH_SIDES = 2;
/** Of more lines only what is looked at is asked for. */
const MOST_LINES_WITH_SIDES = 300;

/** What a plot of so many CSS pixels needs to show a zoom within its bounds. */
export function askedFor(zoom: Zoom | null, bounds: Bounds, kind: ScaleKind, pixels: number, lines: number): Asked {
  const width = Math.max(WIDTH_STEP, Math.ceil(pixels / WIDTH_STEP) * WIDTH_STEP);
  if (!zoom?.x) return { from: bounds[0] ?? undefined, to: bounds[1] ?? undefined, width };
  const [from, to] = lines > MOST_LINES_WITH_SIDES ? zoom.x : widened(zoom.x, kind);
  const share = lines > MOST_LINES_WITH_SIDES ? 1 : WITH_SIDES;
  return { from, to, width: Math.min(MOST_COLUMNS, width * share) };
}

/** The range with its sides, in few digits: the same when the reader comes back to it. */
function widened(range: Range, kind: ScaleKind): Range {
  if (kind === "log" && range[0] <= 0) return range;
  const [low, high] = magnified(range, makeScale(kind), WITH_SIDES, 0.5);
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : range;
}
