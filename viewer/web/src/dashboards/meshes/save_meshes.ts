/** The meshes of a card as one picture, with what they are above. */

import { canvasToPng, download, fileName, pictureColors, SVG_FONT } from "../../draw/save";
import type { MeshView } from "./scene/mesh_view";

const HEAD = 48;
const SIDE = 16;
const GAP = 2;
const RATIO = 2;

/** Does nothing if none can be drawn now. */
export async function saveMeshes(
  title: string,
  subtitle: string,
  views: readonly MeshView[],
  columns: number,
): Promise<void> {
  const pictures = views.map((view) => view.picture(RATIO)).filter((picture) => picture !== null);
  const [first] = pictures;
  if (!first) return;
  const [cellWidth, cellHeight] = [first.width / RATIO + GAP, first.height / RATIO + GAP];
  const rows = Math.ceil(pictures.length / columns);
  const canvas = document.createElement("canvas");
  const [width, height] = [columns * cellWidth - GAP, HEAD + rows * cellHeight - GAP];
  canvas.width = width * RATIO;
  canvas.height = height * RATIO;
  const context = canvas.getContext("2d");
  if (!context) return;
  const colors = pictureColors();
  context.scale(RATIO, RATIO);
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colors.text;
  context.font = `600 13px ${SVG_FONT}`;
  context.fillText(title, SIDE, 20, width - 2 * SIDE);
  context.fillStyle = colors.muted;
  context.font = `11px ${SVG_FONT}`;
  context.fillText(subtitle, SIDE, 36, width - 2 * SIDE);
  pictures.forEach((picture, i) => {
    const [x, y] = [(i % columns) * cellWidth, HEAD + Math.floor(i / columns) * cellHeight];
    context.drawImage(picture, x, y, picture.width / RATIO, picture.height / RATIO);
  });
  download(await canvasToPng(canvas), fileName("png", title, subtitle));
}
