/**
 * Colours for amounts, from little to much: even to the eye, and readable in both themes.
 *
 * They run through OKLab (Björn Ottosson's space, in which equal distances look equal) with a lightness that changes
 * evenly from the background's end to the other: on white from pale yellow-green over teal to dark indigo, on dark the
 * other way. Told apart by lightness alone, they serve readers who see few hues as well.
 */

import type { Appearance } from "./colors";

const STEPS = 64;
const LITTLE_HUE = { light: 115, dark: 285 };
const MUCH_HUE = { light: 285, dark: 105 };
const LIGHTNESS = { light: [0.95, 0.3], dark: [0.3, 0.95] } as const;
const MOST_CHROMA = 0.13;

type Triple = [number, number, number];

const known = new Map<Appearance, readonly string[]>();

/** The colour of an amount from 0 (little) to 1 (much), as `#rrggbb`. */
export function scaleColor(appearance: Appearance, amount: number): string {
  const colors = colorScale(appearance);
  const at = Math.round(Math.min(1, Math.max(0, amount)) * (colors.length - 1));
  return colors[at] as string;
}

/** The colours from little to much. */
export function colorScale(appearance: Appearance): readonly string[] {
  let colors = known.get(appearance);
  if (!colors) {
    colors = Array.from({ length: STEPS }, (_, i) => colorAt(appearance, i / (STEPS - 1)));
    known.set(appearance, colors);
  }
  return colors;
}

function colorAt(appearance: Appearance, share: number): string {
  const [from, to] = LIGHTNESS[appearance];
  const lightness = from + (to - from) * share;
  const hue = LITTLE_HUE[appearance] + (MUCH_HUE[appearance] - LITTLE_HUE[appearance]) * share;
  const angle = (hue / 180) * Math.PI;
  // What a screen cannot show is made paler, not another hue.
  for (let chroma = MOST_CHROMA; chroma > 0; chroma -= 0.002) {
    const rgb = srgb([lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
    if (rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005)) return hex(rgb);
  }
  return hex(srgb([lightness, 0, 0]));
}

/** sRGB, 0–1, of OKLab. */
function srgb([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear: Triple = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)) as Triple;
}

const hex = (rgb: Triple): string =>
  `#${rgb
    .map((channel) =>
      Math.round(Math.min(1, Math.max(0, channel)) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
