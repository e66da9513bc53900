/** Draws the outline of a sound. */

import type { Surface } from "../../draw/canvas";
import type { Peaks } from "./peaks";

interface Colors {
  played: string;
  rest: string;
  middle: string;
}

const BAR = 2;
const GAP = 1;

/** Bars from the least to the greatest sample; `share` of them are played. */
export function paintWave(
  { context, width, height }: Surface,
  peaks: Peaks | null,
  share: number,
  colors: Colors,
): void {
  const middle = height / 2;
  context.fillStyle = colors.middle;
  context.fillRect(0, middle - 0.5, width, 1);
  if (!peaks) return;
  const count = peaks.low.length;
  const bars = Math.max(1, Math.floor(width / (BAR + GAP)));
  for (let bar = 0; bar < bars; bar++) {
    const begin = Math.floor((bar * count) / bars);
    const end = Math.max(begin + 1, Math.floor(((bar + 1) * count) / bars));
    let [low, high] = [0, 0];
    for (let i = begin; i < end; i++) {
      low = Math.min(low, peaks.low[i] ?? 0);
      high = Math.max(high, peaks.high[i] ?? 0);
    }
    context.fillStyle = (bar + 0.5) / bars <= share ? colors.played : colors.rest;
    const top = middle - high * (middle - 1);
    context.fillRect(bar * (BAR + GAP), top, BAR, Math.max(1, (high - low) * (middle - 1)));
  }
}
