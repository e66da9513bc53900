/** What restarts look like: an upright line where a run went on, and what that made void beneath its line. */

import type { Line } from "./line";
import type { Pen } from "./paint";

export const OLD_OPACITY = 0.45;
export const OLD_DASH: readonly number[] = [2, 3];
export const MARK_DASH: readonly number[] = [3, 3];
export const MARK_OPACITY = 0.7;
export const FLAG = 5;

export function paintRestarts({ context, transform, ratio }: Pen, { restarts, color }: Line): void {
  if (!restarts.length) return;
  const { top, height } = transform.box;
  context.globalAlpha = MARK_OPACITY;
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = ratio;
  for (const { x } of restarts) {
    const at = Math.round(transform.x(x)) + 0.5;
    if (!Number.isFinite(at)) continue;
    context.setLineDash(MARK_DASH.map((part) => part * ratio));
    context.beginPath();
    context.moveTo(at, top);
    context.lineTo(at, top + height);
    context.stroke();
    // A small flag that points back, to where the steps went.
    context.beginPath();
    context.moveTo(at, top);
    context.lineTo(at - FLAG * ratio, top + (FLAG * ratio) / 1.5);
    context.lineTo(at, top + (FLAG * ratio * 2) / 1.5);
    context.fill();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The void points of a line; where x goes back another stretch begins. */
export function paintOld({ context, transform, ratio }: Pen, { old, color }: Line): void {
  if (!old) return;
  context.globalAlpha = OLD_OPACITY;
  context.strokeStyle = color;
  context.lineWidth = 1.5 * ratio;
  context.lineJoin = "round";
  context.setLineDash(OLD_DASH.map((part) => part * ratio));
  context.beginPath();
  for (const stretch of stretchesOf(old.x, old.y)) {
    stretch.forEach((i, index) => {
      const [x, y] = [transform.x(old.x[i] as number), transform.y(old.y[i] as number)];
      if (!Number.isFinite(x) || !Number.isFinite(y)) return;
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Indices of points that are joined: x rises along them, and all are finite. */
export function stretchesOf(x: Float64Array, y: Float64Array): number[][] {
  const stretches: number[][] = [];
  let now: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const before = now.at(-1);
    if (!Number.isFinite(y[i]) || (before !== undefined && (x[i] as number) <= (x[before] as number))) {
      if (now.length) stretches.push(now);
      now = [];
    }
    if (Number.isFinite(y[i])) now.push(i);
  }
  if (now.length) stretches.push(now);
  return stretches;
}
