/** A chart that is on the screen, as a file or on the clipboard. */

import { copyPng, download, fileName, svgBlob, svgToPng } from "../../draw/save";
import { chartSvg } from "./chart/svg";
import { drawnCharts } from "./drawn";

/** The chart as it is seen now; null if it is not on the screen. */
export function svgOf(id: string): ReturnType<typeof chartSvg> | null {
  const drawn = drawnCharts.get(id);
  if (!drawn) return null;
  const { scene, plot, title } = drawn;
  return chartSvg({ title, scene, ranges: plot.ranges, scales: plot.scales, size: plot.size });
}

const nameOf = (id: string, extension: string): string => fileName(extension, drawnCharts.get(id)?.title ?? id);

export function saveChartSvg(id: string): void {
  const picture = svgOf(id);
  if (picture) download(svgBlob(picture.svg), nameOf(id, "svg"));
}

export async function saveChartPng(id: string): Promise<void> {
  const picture = svgOf(id);
  if (picture) download(await svgToPng(picture.svg, picture.width, picture.height), nameOf(id, "png"));
}

export async function copyChartPng(id: string): Promise<void> {
  const picture = svgOf(id);
  if (picture) await copyPng(svgToPng(picture.svg, picture.width, picture.height));
}
