/**
 * Saving what is drawn: as SVG, as a picture, to a file or to the clipboard. For every dashboard.
 *
 * A dashboard makes an SVG of its scene with `SvgBuilder`; the picture is made from that, so both show the same.
 */

import { type Appearance, cssColor } from "./colors";

/** What XML cannot hold, however it is written: control characters, halves of surrogate pairs, two non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const LONGEST_NAME = 120;
export const SVG_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";

/** Text for an attribute or between tags of SVG, whatever a log says. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, "\ufffd").replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}

/** A file's name from parts such as a tag and a run: what file systems refuse becomes `-`. */
export function fileName(extension: string, ...parts: readonly string[]): string {
  const name = parts
    .join("-")
    .replace(/[^\p{L}\p{N}._=+-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, LONGEST_NAME);
  return `${name || "cellboard"}.${extension}`;
}

/** Hand a file to the reader. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export const svgBlob = (svg: string): Blob => new Blob([svg], { type: "image/svg+xml" });

/** The picture of an SVG, `scale` pixels a unit. */
export async function svgToPng(svg: string, width: number, height: number, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(svgBlob(svg));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvasToPng(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function canvasToPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("this browser makes no picture of it"))));
  });
}

/** Put a picture on the clipboard. The promise goes to the browser unresolved: it asks for that within the click. */
export function copyPng(png: Promise<Blob>): Promise<void> {
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
}

type Attributes = Record<string, string | number | undefined>;

const attribute = ([name, value]: [string, string | number | undefined]): string =>
  value === undefined ? "" : ` ${name}="${typeof value === "number" ? round(value) : escapeXml(value)}"`;

const written = (attributes: Attributes): string => Object.entries(attributes).map(attribute).join("");

/** A coordinate in as many digits as the eye can tell apart. */
export const round = (value: number): string => String(Math.round(value * 100) / 100);

export interface TextStyle {
  fill: string;
  size?: number;
  weight?: number;
  anchor?: "start" | "middle" | "end";
  /** Stands behind the text, in another colour. */
  after?: { text: string; fill: string } | undefined;
}

/** Builds an SVG document piece by piece; every name and text is escaped here. */
export class SvgBuilder {
  private readonly parts: string[] = [];
  private clips = 0;

  constructor(
    readonly width: number,
    readonly height: number,
    background: string,
  ) {
    this.rect(0, 0, width, height, { fill: background });
  }

  rect(x: number, y: number, width: number, height: number, attributes: Attributes): void {
    this.add("rect", { x, y, width, height, ...attributes });
  }

  line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): void {
    this.add("line", { x1, y1, x2, y2, ...attributes });
  }

  circle(cx: number, cy: number, r: number, attributes: Attributes): void {
    this.add("circle", { cx, cy, r, ...attributes });
  }

  /** `d` is the path's data, made of numbers alone. */
  path(d: string, attributes: Attributes): void {
    this.add("path", { d, fill: "none", ...attributes });
  }

  /** A picture within the drawing, as a `data:` address. */
  image(x: number, y: number, width: number, height: number, address: string): void {
    this.add("image", { x, y, width, height, href: address, preserveAspectRatio: "none" });
  }

  text(x: number, y: number, text: string, { fill, size = 11, weight, anchor, after }: TextStyle): void {
    const style = { x, y, fill, "font-size": size, "font-weight": weight, "text-anchor": anchor };
    const more = after ? `<tspan${written({ dx: 8, fill: after.fill })}>${escapeXml(after.text)}</tspan>` : "";
    this.parts.push(`<text${written(style)}>${escapeXml(text)}${more}</text>`);
  }

  /** What `draw` adds is cut off outside the box. */
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `clip${++this.clips}`;
    this.parts.push(`<clipPath id="${id}"><rect${written({ x, y, width, height })}/></clipPath>`);
    this.parts.push(`<g clip-path="url(#${id})">`);
    draw();
    this.parts.push("</g>");
  }

  toString(): string {
    const { width, height } = this;
    const head = written({ xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` });
    return `<svg${head} font-family="${escapeXml(SVG_FONT)}">\n${this.parts.join("\n")}\n</svg>\n`;
  }

  private add(name: string, attributes: Attributes): void {
    this.parts.push(`<${name}${written(attributes)}/>`);
  }
}

/** The page's colours that a saved picture needs, in the theme that is shown or in another one. */
export function pictureColors(appearance?: Appearance): Record<"surface" | "text" | "muted" | "axis" | "grid", string> {
  return {
    surface: cssColor("--surface", appearance),
    text: cssColor("--text", appearance),
    muted: cssColor("--text-muted", appearance),
    axis: cssColor("--axis-text", appearance),
    grid: cssColor("--grid", appearance),
  };
}
