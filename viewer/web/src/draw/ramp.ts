/** Colours for values: a ramp for numbers, distinct ones for names. */

import { liftOnDark, mix } from "./colors";

/** Viridis (van der Walt, Smith & Firing 2015, CC0): even steps to the eye, also without colour vision. */
const STOPS = [
  "#440154",
  "#482878",
  "#3e4989",
  "#31688e",
  "#26828e",
  "#1f9e89",
  "#35b779",
  "#6ece58",
  "#b5de2b",
  "#fde725",
];

/** As eventlog/colors.py has them for the first runs. */
const DISTINCT = [
  ...["#5064d2", "#ff9100", "#0a7337", "#c30087", "#3cb4e1", "#7d19ff", "#b9a55a", "#eb91a5", "#ca0820", "#68ac00"],
  ...["#d064fc", "#586491", "#00b4a4", "#fc006c", "#b46cb4", "#b0543c", "#ac3c64", "#b4a8d8", "#5c48e4", "#ec9c50"],
];
const DARK_SURFACE = "#161a21";

/** The part of the ramp that can be seen on the background. */
const PART = { light: [0, 0.9], dark: [0.22, 1] } as const;

/** The colour of a share of 0–1, `#rrggbb`. */
export function rampColor(share: number, appearance: "light" | "dark"): string {
  const [from, to] = PART[appearance];
  const at = (from + (to - from) * Math.min(1, Math.max(0, share))) * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(at));
  return mix(STOPS[low + 1] as string, STOPS[low] as string, at - low);
}

export function distinctColor(index: number, appearance: "light" | "dark"): string {
  const color = DISTINCT[index % DISTINCT.length] as string;
  return appearance === "dark" ? liftOnDark(color, DARK_SURFACE) : color;
}
