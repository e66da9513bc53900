import { describe, expect, it } from "vitest";
import { colorScale, scaleColor } from "../src/draw/color_scale";

type Triple = [number, number, number];

/** OKLab of `#rrggbb`, by the published matrices. */
function oklab(color: string): Triple {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe.each(["light", "dark"] as const)("the colours of the %s theme", (theme) => {
  const steps = Array.from({ length: 17 }, (_, i) => oklab(scaleColor(theme, i / 16)));

  it("grow away from the background, evenly in lightness", () => {
    const lightness = steps.map(([value]) => value);
    const gaps = lightness.slice(1).map((value, i) => value - (lightness[i] as number));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.sign(mean)).toBe(theme === "light" ? -1 : 1);
    for (const gap of gaps) expect(gap / mean).toBeCloseTo(1, 0);
  });

  it("lie at like distances to the eye", () => {
    const distances = steps
      .slice(1)
      .map((step, i) => Math.hypot(...step.map((value, j) => value - (steps[i]?.[j] ?? 0))));
    expect(Math.max(...distances) / Math.min(...distances)).toBeLessThan(2);
  });

  it("are colours that a screen has", () => {
    for (const color of colorScale(theme)) expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(colorScale(theme)).size).toBe(colorScale(theme).length);
  });
});
