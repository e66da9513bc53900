/** The spread of a group of runs, as an area beneath its line. */

import type { Line } from "./line";
import type { Pen } from "./paint";

const OPACITY = 0.18;

/** Fill what lies between the lower and the upper end; a gap in either is a gap in the area. */
export function paintBand({ context, transform }: Pen, { x, band, color }: Line): void {
  if (!band) return;
  context.globalAlpha = OPACITY;
  context.fillStyle = color;
  let start = 0;
  for (let i = 0; i <= x.length; i++) {
    const inside = i < x.length && Number.isFinite(band.low[i]) && Number.isFinite(band.high[i]);
    if (inside) continue;
    if (i - start > 1) {
      context.beginPath();
      for (let at = start; at < i; at++) context.lineTo(transform.x(x[at] as number), edge(band.high[at] as number));
      for (let at = i - 1; at >= start; at--)
        context.lineTo(transform.x(x[at] as number), edge(band.low[at] as number));
      context.closePath();
      context.fill();
    }
    start = i + 1;
  }
  context.globalAlpha = 1;

  /** What has no place on a logarithmic axis lies below the plot. */
  function edge(value: number): number {
    const y = transform.y(value);
    return Number.isFinite(y) ? y : transform.box.top + 2 * transform.box.height;
  }
}
