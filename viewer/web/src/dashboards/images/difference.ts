/** How two pictures differ, pixel by pixel. */

export interface Difference {
  /** Of the values that are compared, 0..255. */
  mean: number;
  most: number;
  /** Share of the pixels that differ at all. */
  share: number;
}

/**
 * Writes the absolute difference of `a` and `b` (RGBA, 8 bits, equally long), `gain` times as large, into `out`, opaque.
 * Pictures that are not opaque are compared by what they would add to black, and by their opacity.
 */
export function subtract(a: Uint8ClampedArray, b: Uint8ClampedArray, gain: number, out: Uint8ClampedArray): Difference {
  let sum = 0;
  let most = 0;
  let differing = 0;
  for (let i = 0; i < a.length; i += 4) {
    const [alphaA, alphaB] = [a[i + 3] ?? 255, b[i + 3] ?? 255];
    const clear = Math.abs(alphaA - alphaB);
    let here = clear;
    for (let c = i; c < i + 3; c++) {
      const left = alphaA === 255 ? (a[c] ?? 0) : ((a[c] ?? 0) * alphaA) / 255;
      const right = alphaB === 255 ? (b[c] ?? 0) : ((b[c] ?? 0) * alphaB) / 255;
      const apart = Math.max(Math.abs(left - right), clear);
      sum += apart;
      if (apart > here) here = apart;
      out[c] = apart * gain;
    }
    out[i + 3] = 255;
    if (here > 0) differing += 1;
    if (here > most) most = here;
  }
  const pixels = a.length / 4 || 1;
  return { mean: sum / (3 * pixels), most, share: differing / pixels };
}

/** Larger pictures are compared reduced, so that neither time nor memory runs away. */
const MOST_PIXELS = 4096 * 2048;

/** The size at which a picture is compared. */
export function comparedSize(width: number, height: number): { width: number; height: number } {
  const reduced = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * reduced)), height: Math.max(1, Math.floor(height * reduced)) };
}

/** `0.5 %`; never 0 % of something, and never all of it if a little is left. */
export function formatShare(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const percent = share * 100;
  return percent < 0.1 ? "< 0.1 %" : percent > 99.9 ? "> 99.9 %" : `${Number(percent.toPrecision(2))} %`;
}
