/** What is drawn flat over the points: names of axes, rings around points, labels, the loop of a selection. */

import { prepare } from "../../../draw/canvas";
import type { LabelSpot } from "./labels";

export interface Ring {
  x: number;
  y: number;
  radius: number;
  /** Pictures have square ones. */
  square: boolean;
  strong: boolean;
}

export interface AxisName {
  text: string;
  x: number;
  y: number;
}

export interface OverlayColors {
  text: string;
  muted: string;
  background: string;
  accent: string;
  accentSoft: string;
}

export interface OverlayContent {
  rings: readonly Ring[];
  labels: readonly LabelSpot[];
  axes: readonly AxisName[];
  outline: { kind: "box" | "lasso"; corners: readonly number[] } | null;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
export const LABEL_FONT = `11px ${FONT}`;

export class Overlay {
  private readonly widths = new Map<string, number>();

  constructor(readonly canvas: HTMLCanvasElement) {}

  widthOf = (text: string): number => {
    let width = this.widths.get(text);
    if (width === undefined) {
      const context = this.canvas.getContext("2d");
      if (!context) return 0;
      context.font = LABEL_FONT;
      width = context.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(text, width);
    }
    return width;
  };

  draw(content: OverlayContent, colors: OverlayColors, width: number, height: number): void {
    const surface = prepare(this.canvas, width, height);
    if (surface) paintOverlay(surface.context, content, colors);
  }
}

export function paintOverlay(
  context: CanvasRenderingContext2D,
  { rings, labels, axes, outline }: OverlayContent,
  colors: OverlayColors,
): void {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.font = LABEL_FONT;
  context.fillStyle = colors.muted;
  for (const { text, x, y } of axes) written(context, text, x, y, colors.background);
  for (const ring of rings) paintRing(context, ring, colors);
  context.fillStyle = colors.text;
  for (const { text, x, y } of labels) written(context, text, x, y, colors.background);
  if (outline && outline.corners.length >= 4) paintOutline(context, outline, colors);
}

/** Text that can be read over points of any colour. */
function written(context: CanvasRenderingContext2D, text: string, x: number, y: number, background: string): void {
  context.lineWidth = 3;
  context.strokeStyle = background;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function paintRing(context: CanvasRenderingContext2D, ring: Ring, colors: OverlayColors): void {
  const trace = (grow: number): void => {
    const r = ring.radius + grow;
    context.beginPath();
    if (ring.square) context.rect(ring.x - r, ring.y - r, 2 * r, 2 * r);
    else context.arc(ring.x, ring.y, r, 0, 2 * Math.PI);
    context.stroke();
  };
  context.strokeStyle = colors.background;
  context.lineWidth = 4;
  trace(2);
  context.strokeStyle = ring.strong ? colors.accent : colors.text;
  context.lineWidth = ring.strong ? 2.5 : 1.5;
  trace(2);
}

function paintOutline(
  context: CanvasRenderingContext2D,
  { kind, corners }: NonNullable<OverlayContent["outline"]>,
  colors: OverlayColors,
): void {
  const [x0, y0, x1, y1] = corners as [number, number, number, number];
  context.beginPath();
  if (kind === "box") {
    context.rect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
  } else {
    for (let i = 0; i + 1 < corners.length; i += 2) context.lineTo(corners[i] as number, corners[i + 1] as number);
    context.closePath();
  }
  context.fillStyle = colors.accentSoft;
  context.fill();
  context.strokeStyle = colors.accent;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
}
