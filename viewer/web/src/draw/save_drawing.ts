/** A drawing on the screen as a file: with its title above and its legend below, in the colours that are seen. */

import type { Size } from "../ui/use";
import type { Drawing } from "./canvas_view";
import { SvgPen } from "./pen";
import { download, fileName, pictureColors, SvgBuilder, svgBlob, svgToPng } from "./save";

export interface Picture {
  /** What is shown, such as the tag and the run; also the file's name. */
  title: string;
  subtitle: string;
  drawing: Drawing<never>;
  size: Size;
  legend: readonly LegendRow[];
}

export interface LegendRow {
  color: string;
  dash: readonly number[];
  text: string;
}

const HEAD = 48;
const ROW = 18;
const SIDE = 16;

export function pictureSvg({ title, subtitle, drawing, size, legend }: Picture): {
  svg: string;
  width: number;
  height: number;
} {
  const width = size.width;
  const height = HEAD + size.height + (legend.length ? legend.length * ROW + 8 : 0);
  const colors = pictureColors();
  const svg = new SvgBuilder(width, height, colors.surface);
  svg.text(SIDE, 20, title, { fill: colors.text, size: 13, weight: 600 });
  svg.text(SIDE, 36, subtitle, { fill: colors.muted, size: 11 });
  (drawing as Drawing<unknown>).paint(new SvgPen(svg, 0, HEAD));
  legend.forEach(({ color, dash, text }, row) => {
    const y = HEAD + size.height + row * ROW + 8;
    svg.line(SIDE, y, SIDE + 20, y, {
      stroke: color,
      "stroke-width": 2,
      "stroke-dasharray": dash.join(" ") || undefined,
    });
    svg.text(SIDE + 28, y + 4, text, { fill: colors.muted, size: 11 });
  });
  return { svg: svg.toString(), width, height };
}

const nameOf = ({ title, subtitle }: Picture, extension: string): string =>
  fileName(extension, ...[title, subtitle].filter(Boolean));

export function savePictureSvg(picture: Picture): void {
  download(svgBlob(pictureSvg(picture).svg), nameOf(picture, "svg"));
}

export async function savePicturePng(picture: Picture): Promise<void> {
  const { svg, width, height } = pictureSvg(picture);
  download(await svgToPng(svg, width, height), nameOf(picture, "png"));
}
