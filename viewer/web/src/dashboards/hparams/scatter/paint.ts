/** Drawing of a scatter matrix on a canvas, and the same as SVG. Knows no framework. */

import type { Surface } from "../../../draw/canvas";
import { withAlpha } from "../../../draw/colors";
import type { SvgBuilder } from "../../../draw/save";
import type { Colors } from "../parallel/paint";
import { BOTTOM, brushBox, type Layout, LEFT, type Mark, type Plot, type Side } from "./layout";

const FONT = "11px system-ui, -apple-system, 'Segoe UI', sans-serif";
const TITLE_FONT = "500 12px system-ui, -apple-system, 'Segoe UI', sans-serif";
const PAD = 7;
const TICK_WIDTH = 48;
const TICK_HEIGHT = 30;
const MOST_CHARACTERS = 9;
const CHARACTER = 6;
/** Points are small where there are many. */
const radiusOf = (points: number): number => (points > 400 ? 1.75 : points > 100 ? 2.5 : 3.5);
const alphaOf = (points: number): number => (points > 400 ? 0.6 : 0.8);

export function paintMatrix({ context }: Surface, layout: Layout, colors: Colors): void {
  const on = layout.marks.filter((mark) => mark.on).length;
  const [radius, alpha] = [radiusOf(on), alphaOf(on)];
  const groups = byColor(layout.marks);
  for (const plot of layout.plots) {
    context.strokeStyle = colors.faint;
    context.lineWidth = 1;
    context.strokeRect(
      Math.round(plot.left) + 0.5,
      Math.round(plot.top) + 0.5,
      Math.round(plot.width),
      Math.round(plot.height),
    );
    const box = brushBox(plot);
    if (box) {
      context.fillStyle = colors.accentSoft;
      context.fillRect(box.x, box.y, box.width, box.height);
      context.strokeStyle = colors.accent;
      context.strokeRect(box.x, box.y, box.width, box.height);
    }
    context.fillStyle = colors.line;
    dots(
      context,
      plot,
      layout.marks.flatMap((mark, at) => (mark.on ? [] : [at])),
      1.5,
    );
    for (const [color, rows] of groups) {
      context.fillStyle = withAlpha(color, alpha);
      dots(context, plot, rows, radius);
    }
    if (!Number.isNaN(plot.rho)) {
      context.font = FONT;
      context.textAlign = "right";
      context.textBaseline = "top";
      context.strokeStyle = colors.surface;
      context.lineWidth = 3;
      context.strokeText(rhoWords(plot), plot.left + plot.width - 5, plot.top + 5);
      context.fillStyle = colors.axis;
      context.fillText(rhoWords(plot), plot.left + plot.width - 5, plot.top + 5);
    }
  }
  for (const label of labelsOf(layout)) paintLabel(context, label, colors);
}

/** Adding 0 makes 0 of −0. */
const rhoWords = ({ rho }: Plot): string => `ρ ${(Math.round(rho * 100) / 100 + 0).toFixed(2).replace("-", "−")}`;

function byColor(marks: readonly Mark[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  marks.forEach(({ color, on }, at) => {
    if (!on) return;
    const same = found.get(color);
    if (same) same.push(at);
    else found.set(color, [at]);
  });
  return found;
}

function dots(context: CanvasRenderingContext2D, plot: Plot, rows: readonly number[], radius: number): void {
  context.beginPath();
  for (const at of rows) {
    const [x, y] = [plot.x[at] as number, plot.y[at] as number];
    if (Number.isNaN(x)) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The points of rows that are pointed at or pinned, in every plot, and the brush that is being drawn. */
export function paintAbove(
  { context }: Surface,
  layout: Layout,
  marked: readonly string[],
  brush: { x: number; y: number; width: number; height: number } | null,
  colors: Colors,
): void {
  if (brush) {
    context.fillStyle = colors.accentSoft;
    context.fillRect(brush.x, brush.y, brush.width, brush.height);
    context.strokeStyle = colors.accent;
    context.lineWidth = 1;
    context.strokeRect(brush.x, brush.y, brush.width, brush.height);
  }
  layout.marks.forEach((mark, at) => {
    if (!mark.on || !marked.includes(mark.key)) return;
    for (const plot of layout.plots) {
      if (Number.isNaN(plot.x[at])) continue;
      context.beginPath();
      context.arc(plot.x[at] as number, plot.y[at] as number, 5, 0, 2 * Math.PI);
      context.fillStyle = mark.color;
      context.fill();
      context.strokeStyle = colors.text;
      context.lineWidth = 1.5;
      context.stroke();
    }
  });
}

interface Label {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
  turned?: boolean;
  isTitle?: boolean;
}

/** Titles and ticks: below the lowest plots, left of the leftmost. */
function labelsOf(layout: Layout): Label[] {
  const { across, down, plots, height, cellWidth, cellHeight } = layout;
  const bottom = height - BOTTOM;
  const labels: Label[] = [];
  const [inner, tall] = [cellWidth - 2 * PAD, cellHeight - 2 * PAD];
  across.forEach((side, at) => {
    const left = plots[at]?.left ?? LEFT;
    labels.push({
      text: cut(side.title, cellWidth / 7),
      x: left + cellWidth / 2,
      y: bottom + 34,
      anchor: "middle",
      isTitle: true,
    });
    let free = Number.NEGATIVE_INFINITY;
    for (const { at: share, text } of ticksOf(side, Math.floor(inner / TICK_WIDTH))) {
      // Labels that would touch the one before are left out.
      const half = (text.length * CHARACTER) / 2 + 2;
      if (share * inner - half < free) continue;
      free = share * inner + half;
      const anchor = share < 0.1 ? "start" : share > 0.9 ? "end" : "middle";
      const edge = anchor === "start" ? -PAD : anchor === "end" ? PAD : 0;
      labels.push({ text, x: left + PAD + share * inner + edge, y: bottom + 15, anchor });
    }
  });
  down.forEach((side, row) => {
    const top = plots[row * across.length]?.top ?? 0;
    labels.push({
      text: cut(side.title, cellHeight / 7),
      x: 14,
      y: top + cellHeight / 2,
      anchor: "middle",
      turned: true,
      isTitle: true,
    });
    for (const { at, text } of ticksOf(side, Math.floor(tall / TICK_HEIGHT))) {
      labels.push({ text, x: LEFT - 6, y: top + cellHeight - PAD - at * tall + 4, anchor: "end" });
    }
  });
  return labels;
}

function ticksOf(side: Side, room: number): { at: number; text: string }[] {
  return side.scale.ticks(Math.max(2, room)).map(({ at, text }) => ({ at, text: cut(text, MOST_CHARACTERS) }));
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…` : text;

function paintLabel(context: CanvasRenderingContext2D, label: Label, colors: Colors): void {
  context.save();
  context.translate(label.x, label.y);
  if (label.turned) context.rotate(-Math.PI / 2);
  context.font = label.isTitle ? TITLE_FONT : FONT;
  context.fillStyle = label.isTitle ? colors.text : colors.axis;
  context.textAlign = label.anchor === "middle" ? "center" : label.anchor === "end" ? "right" : "left";
  context.textBaseline = label.turned ? "middle" : "alphabetic";
  context.fillText(label.text, 0, 0);
  context.restore();
}

export function writeSvg(svg: SvgBuilder, layout: Layout, colors: Colors): void {
  const on = layout.marks.filter((mark) => mark.on).length;
  for (const plot of layout.plots) {
    svg.rect(plot.left, plot.top, plot.width, plot.height, { fill: "none", stroke: colors.faint });
    // Those in colour above the others.
    for (const isOn of [false, true]) {
      layout.marks.forEach((mark, at) => {
        const [x, y] = [plot.x[at] as number, plot.y[at] as number];
        if (Number.isNaN(x) || mark.on !== isOn) return;
        const look = isOn ? { fill: mark.color, "fill-opacity": alphaOf(on) } : { fill: colors.line };
        svg.circle(x, y, isOn ? radiusOf(on) : 1.5, look);
      });
    }
    if (!Number.isNaN(plot.rho)) {
      svg.text(plot.left + plot.width - 5, plot.top + 14, rhoWords(plot), { fill: colors.axis, anchor: "end" });
    }
  }
  for (const { text, x, y, anchor, turned, isTitle } of labelsOf(layout)) {
    // A turned title would need a transform: it stands above its plots' ticks instead.
    svg.text(turned ? 6 : x, turned ? y - layout.cellHeight / 2 + 10 : y, text, {
      fill: isTitle ? colors.text : colors.axis,
      anchor: turned ? "start" : anchor,
      ...(isTitle ? { size: 12, weight: 500 } : {}),
    });
  }
}
