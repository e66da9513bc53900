/** Drawing of parallel coordinates on a canvas, and the same as SVG. Knows no framework. */

import type { Surface } from "../../../draw/canvas";
import { withAlpha } from "../../../draw/colors";
import { round, type SvgBuilder } from "../../../draw/save";
import type { Span } from "../brush";
import type { Axis, Layout, Line } from "./layout";

export interface Colors {
  surface: string;
  text: string;
  axis: string;
  line: string;
  faint: string;
  accent: string;
  accentSoft: string;
}

const FONT = "11px system-ui, -apple-system, 'Segoe UI', sans-serif";
export const BRUSH_WIDTH = 14;
const TICK_SPACE = 34;
const STRIP = 5;
const THIRD = 1 / 3;

/** With many lines each is thinner to the eye, so that what they have in common is seen. */
export const alphaOf = (lines: number): number => Math.max(0.25, Math.min(0.9, 9 / Math.sqrt(Math.max(1, lines))));

export function paintLines({ context }: Surface, layout: Layout, colors: Colors): void {
  const { lines, axes } = layout;
  context.lineJoin = "round";
  context.lineWidth = 1;
  context.strokeStyle = colors.faint;
  context.beginPath();
  for (const line of lines) if (!line.on) trace(context, axes, line);
  context.stroke();
  const on = lines.filter((line) => line.on);
  const alpha = alphaOf(on.length);
  context.lineWidth = on.length > 200 ? 1 : 1.5;
  for (const [color, same] of byColor(on)) {
    context.strokeStyle = withAlpha(color, alpha);
    context.beginPath();
    for (const line of same) trace(context, axes, line);
    context.stroke();
  }
}

function byColor(lines: readonly Line[]): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const same = found.get(line.color);
    if (same) same.push(line);
    else found.set(line.color, [line]);
  }
  return found;
}

function trace(context: CanvasRenderingContext2D, axes: readonly Axis[], { y }: Line): void {
  axes.forEach((axis, at) => {
    const here = y[at] as number;
    if (at === 0) {
      context.moveTo(axis.x, here);
      return;
    }
    const before = axes[at - 1] as Axis;
    const [third, level] = [(axis.x - before.x) * THIRD, y[at - 1] as number];
    context.bezierCurveTo(before.x + third, level, axis.x - third, here, axis.x, here);
  });
}

/** Axes with their labels and brushes, and the lines that are pointed at or pinned, above all lines. */
export function paintAbove(surface: Surface, layout: Layout, marked: readonly Line[], colors: Colors): void {
  const { context } = surface;
  for (const line of marked) {
    for (const [color, width] of [
      [colors.surface, 5],
      [line.color, 2.5],
    ] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      trace(context, layout.axes, line);
      context.stroke();
    }
  }
  for (const axis of layout.axes) paintAxis(context, layout, axis, colors);
  for (const line of marked) {
    context.fillStyle = line.color;
    context.strokeStyle = colors.surface;
    context.lineWidth = 1.5;
    layout.axes.forEach((axis, at) => {
      context.beginPath();
      context.arc(axis.x, line.y[at] as number, 4, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  }
}

function paintAxis(context: CanvasRenderingContext2D, layout: Layout, axis: Axis, colors: Colors): void {
  const { top, bottom, missing } = layout;
  const x = Math.round(axis.x) + 0.5;
  for (const [color, width] of [
    [colors.surface, 4],
    [colors.axis, 1],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
  }
  const strip = (bottom - top) / (axis.colors?.length ?? 1);
  axis.colors?.forEach((color, at) => {
    context.fillStyle = color;
    context.fillRect(x - STRIP / 2, bottom - (at + 1) * strip, STRIP, Math.ceil(strip));
  });
  if (axis.span) paintBrush(context, layout, x, axis.span, colors);
  context.font = FONT;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { y, text } of labelsOf(layout, axis)) {
    context.strokeStyle = colors.surface;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeText(text, x - 8, y);
    context.fillStyle = y === missing ? colors.axis : colors.text;
    context.fillText(text, x - 8, y);
    context.strokeStyle = colors.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x - 4, Math.round(y) + 0.5);
    context.lineTo(x, Math.round(y) + 0.5);
    context.stroke();
  }
}

function paintBrush(context: CanvasRenderingContext2D, layout: Layout, x: number, span: Span, colors: Colors): void {
  const [from, to] = [yOf(layout, span[1]), yOf(layout, span[0])];
  context.fillStyle = colors.accentSoft;
  context.strokeStyle = colors.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x - BRUSH_WIDTH / 2, from, BRUSH_WIDTH, Math.max(2, to - from), 3);
  context.fill();
  context.stroke();
}

const yOf = ({ top, bottom }: Layout, share: number): number => bottom - share * (bottom - top);

const MOST_CHARACTERS = 14;

/** What stands beside an axis, and where. */
function labelsOf(layout: Layout, axis: Axis): { y: number; text: string }[] {
  const { top, bottom, missing, axes } = layout;
  const space = axes.length > 1 ? (axes[1] as Axis).x - (axes[0] as Axis).x : 160;
  const most = Math.max(5, Math.min(MOST_CHARACTERS, Math.floor((space - 20) / 6)));
  const labels = axis.scale
    .ticks(Math.max(2, Math.floor((bottom - top) / TICK_SPACE)))
    .map(({ at, text }) => ({ y: yOf(layout, at), text: cut(text, most) }));
  const at = axes.indexOf(axis);
  const lacks = missing !== null && layout.lines.some((line) => line.y[at] === missing);
  return lacks ? [...labels, { y: missing, text: "none" }] : labels;
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The drawing as SVG, with the titles that the page has beside the canvas. */
export function writeSvg(svg: SvgBuilder, layout: Layout, titles: readonly string[], colors: Colors): void {
  const { lines, axes, top, bottom } = layout;
  const on = lines.filter((line) => line.on);
  for (const line of lines) if (!line.on) svg.path(pathOf(axes, line), { stroke: colors.line, "stroke-opacity": 0.5 });
  for (const line of on) {
    svg.path(pathOf(axes, line), { stroke: line.color, "stroke-width": 1.5, "stroke-opacity": alphaOf(on.length) });
  }
  axes.forEach((axis, at) => {
    svg.line(axis.x, top, axis.x, bottom, { stroke: colors.line });
    if (axis.span) {
      const [from, to] = [yOf(layout, axis.span[1]), yOf(layout, axis.span[0])];
      const look = { fill: colors.accentSoft, stroke: colors.accent, rx: 3 };
      svg.rect(axis.x - BRUSH_WIDTH / 2, from, BRUSH_WIDTH, Math.max(2, to - from), look);
    }
    for (const { y, text } of labelsOf(layout, axis)) {
      svg.line(axis.x - 4, y, axis.x, y, { stroke: colors.line });
      svg.text(axis.x - 8, y + 4, text, { fill: colors.text, anchor: "end" });
    }
    svg.text(axis.x, top - 16, titles[at] ?? "", { fill: colors.text, size: 12, weight: 600, anchor: "middle" });
  });
}

function pathOf(axes: readonly Axis[], { y }: Line): string {
  return axes
    .map((axis, at) => {
      const here = round(y[at] as number);
      if (at === 0) return `M${round(axis.x)} ${here}`;
      const before = axes[at - 1] as Axis;
      const [third, level] = [(axis.x - before.x) * THIRD, round(y[at - 1] as number)];
      return `C${round(before.x + third)} ${level} ${round(axis.x - third)} ${here} ${round(axis.x)} ${here}`;
    })
    .join("");
}
