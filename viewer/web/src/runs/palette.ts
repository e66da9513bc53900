/** Colours to choose from. The first eight are those of the viewer's first runs, which stay apart for colour-blind eyes. */

export const SAFE_COLORS = [
  "#5064d2",
  "#ff9100",
  "#0a7337",
  "#c30087",
  "#3cb4e1",
  "#7d19ff",
  "#b9a55a",
  "#eb91a5",
] as const;

export const MORE_COLORS = [
  "#ca0820",
  "#68ac00",
  "#d064fc",
  "#586491",
  "#00b4a4",
  "#fc006c",
  "#b46cb4",
  "#b0543c",
  "#ac3c64",
  "#b4a8d8",
  "#5c48e4",
  "#ec9c50",
  "#1e3a8a",
  "#7a5200",
  "#5f6672",
  "#9aa1ad",
] as const;

/** Colours of groups, one after the other: all but the greys. */
export const GROUP_COLORS: readonly string[] = [...SAFE_COLORS, ...MORE_COLORS.slice(0, -2)];

/** From the least to the greatest of many values. */
const RAMP = ["#3d2c8d", "#2c6fb0", "#159a8c", "#6fb03c", "#e0a800"] as const;

/** The colour at a share of 0–1 between least and greatest. */
export function rampColor(share: number): string {
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  const [from, to] = [RAMP[low] ?? RAMP[0], RAMP[low + 1] ?? RAMP[0]];
  const channel = (i: number): string => {
    const [a, b] = [Number.parseInt(from.slice(i, i + 2), 16), Number.parseInt(to.slice(i, i + 2), 16)];
    return Math.round(a + (b - a) * (at - low))
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
