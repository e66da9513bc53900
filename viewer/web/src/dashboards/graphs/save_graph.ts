/** The whole graph as a file, at the size it is laid out in. */

import { download, fileName, SvgBuilder, svgBlob, svgToPng } from "../../draw/save";
import { paintScene } from "./paint";
import { SvgShapePen } from "./shape_pen";
import { index, palette, source } from "./state";

const MARGIN = 24;
/** Browsers make no larger pictures, or only with luck. */
const MOST_PIXELS = 32_000_000;
const LONGEST_SIDE = 16_000;
const USUAL_SCALE = 2;

export function graphSvg(): { svg: string; width: number; height: number } | null {
  const [known, colors] = [index.peek(), palette.peek()];
  if (!known || !colors) return null;
  const { width, height } = known.scene;
  const svg = new SvgBuilder(width + 2 * MARGIN, height + 2 * MARGIN, colors.look.ground);
  const painting = { index: known, palette: colors, zoom: 1 };
  for (const _ of paintScene(new SvgShapePen(svg, MARGIN, MARGIN), painting, { x: 0, y: 0, width, height }));
  return { svg: svg.toString(), width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** Pixels a unit of a picture that browsers can still make. */
export function pictureScale(width: number, height: number): number {
  return Math.min(USUAL_SCALE, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
}

export async function saveGraph(kind: "svg" | "png"): Promise<void> {
  const made = graphSvg();
  if (!made) return;
  const { svg, width, height } = made;
  const blob = kind === "svg" ? svgBlob(svg) : await svgToPng(svg, width, height, pictureScale(width, height));
  download(blob, fileName(kind, "graph", ...nameParts()));
}

function nameParts(): string[] {
  const from = source.peek();
  if (!from) return [];
  return from.kind === "file" ? [from.file.name] : [from.graph.run, from.graph.tag].filter(Boolean);
}
