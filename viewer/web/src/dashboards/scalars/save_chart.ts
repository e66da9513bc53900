/** A chart that is on the screen, as a file or on the clipboard. */

import type { Appearance } from "../../draw/colors";
import { copyPng, download, fileName, svgBlob, svgToPng } from "../../draw/save";
import { unliftedColor } from "../../state/run_colors";
import { appearance } from "../../state/theme";
import { chartSvg } from "./chart/svg";
import { drawnCharts } from "./drawn";

/** The chart as it is seen now, or in the colours of another theme; null if it is not on the screen. */
export function svgOf(id: string, look: Appearance = appearance.peek()): ReturnType<typeof chartSvg> | null {
  const drawn = drawnCharts.get(id);
  if (!drawn) return null;
  const { plot, title } = drawn;
  const isLifted = appearance.peek() === "dark" && look === "light";
  const lines = drawn.scene.lines.map((line) => (isLifted ? { ...line, color: unliftedColor(line.color) } : line));
  const scene = { ...drawn.scene, lines };
  return chartSvg({ title, scene, appearance: look, ranges: plot.ranges, scales: plot.scales, size: plot.size });
}

const nameOf = (id: string, extension: string): string => fileName(extension, drawnCharts.get(id)?.title ?? id);

export function saveChartSvg(id: string, look?: Appearance): void {
  const picture = svgOf(id, look);
  if (picture) download(svgBlob(picture.svg), nameOf(id, "svg"));
}

export async function saveChartPng(id: string, look?: Appearance): Promise<void> {
  const picture = svgOf(id, look);
  if (picture) download(await svgToPng(picture.svg, picture.width, picture.height), nameOf(id, "png"));
}

export async function copyChartPng(id: string): Promise<void> {
  const picture = svgOf(id);
  if (picture) await copyPng(svgToPng(picture.svg, picture.width, picture.height));
}
