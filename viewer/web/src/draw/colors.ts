/** Colours of the page's style sheet, for canvases. */

let probe: HTMLElement | undefined;

export type Appearance = "light" | "dark";

/** By theme: asking the browser makes it compute the style of the whole page, too slow for each move of a pointer. */
const known = new Map<string, Map<string, string>>();

/** The colour that a CSS variable stands for just now, or in another theme, as the browser resolves it. */
export function cssColor(variable: string, appearance?: Appearance): string {
  const key = appearance ?? `${document.documentElement.dataset.theme} ${systemIsDark()}`;
  const colors = known.get(key) ?? new Map<string, string>();
  known.set(key, colors);
  let color = colors.get(variable);
  if (!color) {
    color = resolve(variable, appearance);
    if (color) colors.set(variable, color);
  }
  return color;
}

const systemIsDark = (): boolean => matchMedia("(prefers-color-scheme: dark)").matches;

function resolve(variable: string, appearance: Appearance | undefined): string {
  if (!probe) {
    probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${variable})`;
  // The theme of the page decides, also for what lies within: another one is put on for as long as it takes to read.
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  if (appearance) dataset.theme = appearance;
  const { color } = getComputedStyle(probe);
  if (appearance && theme !== undefined) dataset.theme = theme;
  return color;
}

/** `#rrggbb` with an opacity of 0–1. */
export function withAlpha(color: string, alpha: number): string {
  const byte = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
  return `${color}${byte.toString(16).padStart(2, "0")}`;
}

/** `#rrggbb` of a colour as browsers compute it, such as `rgb(1, 2, 3)`. */
export function toHex(color: string): string {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

type Rgb = [number, number, number];

export const rgbOf = (color: string): Rgb => [
  Number.parseInt(color.slice(1, 3), 16),
  Number.parseInt(color.slice(3, 5), 16),
  Number.parseInt(color.slice(5, 7), 16),
];

/** `share` of `color`, the rest of `other`; both `#rrggbb`. */
export function mix(color: string, other: string, share: number): string {
  const [a, b] = [rgbOf(color), rgbOf(other)];
  const channel = (i: 0 | 1 | 2): string =>
    Math.round(a[i] * share + b[i] * (1 - share))
      .toString(16)
      .padStart(2, "0");
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(color: string): number {
  const [r, g, b] = rgbOf(color).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** The colour, or a lighter one of its hue where it would be hard to see on a dark background. */
export function liftOnDark(color: string, background: string, least = 4): string {
  for (let share = 1; share > 0.5; share -= 0.05) {
    const lifted = mix(color, "#ffffff", share);
    if (contrast(lifted, background) >= least) return lifted;
  }
  return mix(color, "#ffffff", 0.5);
}

/** Dashes tell runs apart that share a colour: the first run of a colour is drawn solid. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 2, 4, 6]];

export const dashOf = (lap: number): readonly number[] => DASHES[lap % DASHES.length] ?? [];
