/** The projection as a file: a table of coordinates, a picture, a drawing. */

import { canvasToPng, download, fileName, SvgBuilder, svgBlob } from "../../draw/save";
import { appearance } from "../../state/theme";
import type { Cell } from "../../table/cells";
import { type TextTable, WRITERS } from "../../table/export";
import { arrangement } from "./arrangement";
import { colorAt } from "./coloring";
import { coloring, table } from "./columns";
import { marked } from "./marking";
import { data, rowOf, toBase } from "./points";
import { view } from "./settings";
import { base } from "./source";
import { stage } from "./stage";

/** Larger drawings would take long to open. */
export const MOST_DRAWN = 5000;
const PICTURE_SCALE = 2;

const named = (extension: string): string => fileName(extension, base.peek()?.title ?? "points", view.peek());

/** Coordinates of the points that are shown, with what is known of each. */
export function coordinates(): TextTable | null {
  const now = arrangement.peek();
  if (!now) return null;
  const { raw, dims } = now;
  const rows = base.peek() ? table.peek() : null;
  const axes = ["x", "y", "z"].slice(0, dims);
  const count = now.places.length / 3;
  const lines = Array.from({ length: count }, (_, i): Cell[] => {
    const index = toBase(i);
    const places = axes.map((_axis, at): Cell => {
      const column = raw.columns[at] ?? at;
      const value = raw.coords[i * raw.width + column] ?? 0;
      return Number.isFinite(value) ? value : null;
    });
    const said = (rows?.columns ?? []).map((texts, column): Cell => {
      const text = texts[index] ?? "";
      return rows?.numeric[column] && text.trim() ? Number(text) : text;
    });
    return [rowOf(index), ...places, ...said];
  });
  return { head: ["row", ...axes, ...(rows?.names ?? [])], rows: lines };
}

export function saveTable(format: "csv" | "tsv"): void {
  const made = coordinates();
  if (!made) return;
  const { write, extension, type } = WRITERS[format];
  download(new Blob([write(made)], { type }), named(extension));
}

export async function savePicture(): Promise<void> {
  const canvas = stage.scene?.picture(PICTURE_SCALE);
  if (canvas) download(await canvasToPng(canvas), named("png"));
}

/** Whether there are few enough points for a drawing. */
export const canDraw = (): boolean => {
  const count = (arrangement.value?.places.length ?? 0) / 3;
  return count > 0 && count <= MOST_DRAWN;
};

const FAINT = 0.18;

export function saveDrawing(): void {
  const { scene } = stage;
  const drawn = scene?.drawing();
  if (!scene || !drawn) return;
  const { width, height, background, text, muted, labels, axes } = drawn;
  const svg = new SvgBuilder(width, height, background);
  const { x, y, depth, count } = scene.spots();
  const chosen = marked.peek() && new Set(marked.peek());
  const order = Array.from({ length: count }, (_, i) => i)
    .filter((i) => Number.isFinite(x[i]) && !scene.isHidden(i))
    .sort((a, b) => (depth[b] as number) - (depth[a] as number));
  const colors = coloring.peek();
  for (const i of order) {
    const index = data.peek() ? toBase(i) : i;
    const isFaint = chosen && !chosen.has(index);
    svg.circle(x[i] as number, y[i] as number, scene.radiusOf(i), {
      fill: colorAt(colors, index, appearance.peek()),
      "fill-opacity": isFaint ? FAINT : 0.92,
    });
  }
  for (const name of axes) svg.text(name.x, name.y + 4, name.text, { fill: muted });
  for (const label of labels) svg.text(label.x, label.y + 4, label.text, { fill: text });
  download(svgBlob(svg.toString()), named("svg"));
}
