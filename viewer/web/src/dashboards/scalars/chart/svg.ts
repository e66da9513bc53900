/** A chart as SVG: axes, lines, marks, legend and title, drawn from the same scene as on the screen. */

import type { Appearance } from "../../../draw/colors";
import { pictureColors, round, SvgBuilder } from "../../../draw/save";
import { formatValue } from "../../../format/numbers";
import { X_AXIS_HEIGHT, xRoom, xTicks, Y_AXIS_WIDTH, yRoom, yTicks } from "./axes";
import type { Range } from "./extent";
import type { Line } from "./line";
import type { Scene } from "./plot";
import { FLAG, MARK_DASH, MARK_OPACITY, OLD_DASH, OLD_OPACITY, stretchesOf } from "./restarts";
import type { Scale } from "./scale";
import { makeTransform, type Transform } from "./transform";

export interface Picture {
  title: string;
  scene: Scene;
  ranges: { x: Range; y: Range };
  scales: { x: Scale; y: Scale };
  /** Of the plot alone, in CSS pixels. */
  size: { width: number; height: number };
  appearance?: Appearance | undefined;
}

const TITLE_HEIGHT = 32;
const RIGHT = 20;
const LEGEND_ROW = 18;
const MOST_LEGEND_ROWS = 60;
const LEGEND_COLUMN = 320;
const MARK = 4;
const MARK_SPACING = 18;

/** The document and its size. */
export function chartSvg(picture: Picture): { svg: string; width: number; height: number } {
  const { title, scene, ranges, scales, size, appearance } = picture;
  const box = { left: Y_AXIS_WIDTH, top: TITLE_HEIGHT, width: size.width, height: size.height };
  const width = Math.ceil(box.left + box.width + RIGHT);
  const columns = Math.max(1, Math.floor((width - 24) / LEGEND_COLUMN));
  const named = scene.lines.slice(0, MOST_LEGEND_ROWS * columns);
  const rows = Math.ceil(named.length / columns) + (named.length < scene.lines.length ? 1 : 0);
  const legendTop = box.top + box.height + X_AXIS_HEIGHT + 12;
  const height = Math.ceil(legendTop + rows * LEGEND_ROW + 8);
  const colors = pictureColors(appearance);
  const svg = new SvgBuilder(width, height, colors.surface);
  const transform = makeTransform(box, ranges.x, ranges.y, scales.x, scales.y);
  svg.text(12, 21, title, { fill: colors.text, size: 13, weight: 500 });
  const across = xTicks(scene.axis, scales.x, ranges.x, xRoom(box.width));
  const up = yTicks(scales.y, ranges.y, yRoom(box.height));
  across.splits.forEach((split, index) => {
    const x = transform.x(split);
    svg.line(x, box.top, x, box.top + box.height, { stroke: colors.grid });
    svg.text(x, box.top + box.height + 17, across.labels[index] ?? "", { fill: colors.axis, anchor: "middle" });
  });
  up.splits.forEach((split, index) => {
    const y = transform.y(split);
    svg.line(box.left, y, box.left + box.width, y, { stroke: colors.grid });
    svg.text(box.left - 6, y + 4, up.labels[index] ?? "", { fill: colors.axis, anchor: "end" });
  });
  svg.clipped(box.left - 3, box.top, box.width + 6, box.height, () => {
    for (const line of scene.lines) {
      drawBand(svg, transform, line);
      drawOld(svg, transform, line);
    }
    for (const line of scene.lines) drawLine(svg, transform, line);
    for (const line of scene.lines) drawRestarts(svg, transform, line);
  });
  named.forEach((line, index) => {
    const column = index % columns;
    const left = 12 + column * ((width - 24) / columns);
    const y = legendTop + Math.floor(index / columns) * LEGEND_ROW;
    const stroke = { stroke: line.color, "stroke-width": 3, "stroke-dasharray": line.dash.join(" ") || undefined };
    svg.line(left, y, left + 14, y, stroke);
    const after = line.curve.last ? { text: formatValue(line.curve.last.value), fill: colors.text } : undefined;
    svg.text(left + 22, y + 4, line.label, { fill: colors.muted, after });
  });
  if (named.length < scene.lines.length) {
    const y = legendTop + (rows - 1) * LEGEND_ROW + 4;
    svg.text(12, y, `and ${scene.lines.length - named.length} more`, { fill: colors.muted });
  }
  return { svg: svg.toString(), width, height };
}

function drawLine(svg: SvgBuilder, transform: Transform, line: Line): void {
  const { x, y, raw, color, dash } = line;
  const look = { stroke: color, "stroke-width": 1.5, "stroke-linejoin": "round" };
  if (raw) svg.path(pathOf(transform, x, raw).d, { ...look, "stroke-opacity": 0.28 });
  const { d, lone } = pathOf(transform, x, y);
  if (d) svg.path(d, { ...look, "stroke-dasharray": dash.join(" ") || undefined });
  for (const [cx, cy] of lone) svg.circle(cx, cy, 2.5, { fill: color });
  drawMarks(svg, transform, line);
}

/** Data of a path through the points; those on one place with the one before are left out, and what stands alone is kept. */
export function pathOf(
  transform: Transform,
  x: Float64Array,
  y: Float64Array,
): { d: string; lone: [number, number][] } {
  const lone: [number, number][] = [];
  let d = "";
  let begun = "";
  let last = "";
  let start: [number, number] = [0, 0];
  let length = 0;
  const end = (): void => {
    if (length === 1) lone.push(start);
    length = 0;
  };
  for (let i = 0; i < x.length; i++) {
    const [across, down] = [transform.x(x[i] as number), transform.y(y[i] as number)];
    if (!Number.isFinite(across) || !Number.isFinite(down)) {
      end();
      continue;
    }
    const point = `${round(across)} ${round(down)}`;
    if (length === 0) {
      begun = `M${point}`;
      start = [across, down];
    } else if (point !== last) {
      d += `${begun}L${point}`;
      begun = "";
    }
    last = point;
    length += 1;
  }
  end();
  return { d, lone };
}

function drawBand(svg: SvgBuilder, transform: Transform, { x, band, color }: Line): void {
  if (!band) return;
  const bottom = transform.box.top + 2 * transform.box.height;
  const place = (i: number, value: number): string => {
    const down = transform.y(value);
    return `${round(transform.x(x[i] as number))} ${round(Number.isFinite(down) ? down : bottom)}`;
  };
  let start = 0;
  for (let i = 0; i <= x.length; i++) {
    if (i < x.length && Number.isFinite(band.low[i]) && Number.isFinite(band.high[i])) continue;
    const indices = Array.from({ length: Math.max(0, i - start) }, (_, at) => start + at);
    if (indices.length > 1) {
      const over = indices.map((at) => place(at, band.high[at] as number));
      const under = indices.reverse().map((at) => place(at, band.low[at] as number));
      svg.path(`M${[...over, ...under].join("L")}Z`, { fill: color, "fill-opacity": 0.18 });
    }
    start = i + 1;
  }
}

function drawOld(svg: SvgBuilder, transform: Transform, { old, color }: Line): void {
  if (!old) return;
  const look = {
    stroke: color,
    "stroke-width": 1.5,
    "stroke-opacity": OLD_OPACITY,
    "stroke-dasharray": OLD_DASH.join(" "),
  };
  for (const stretch of stretchesOf(old.x, old.y)) {
    const of = (values: Float64Array): Float64Array => Float64Array.from(stretch, (i) => values[i] as number);
    const { d } = pathOf(transform, of(old.x), of(old.y));
    if (d) svg.path(d, look);
  }
}

function drawRestarts(svg: SvgBuilder, { box, x: place }: Transform, { restarts, color }: Line): void {
  for (const { x } of restarts) {
    const at = place(x);
    if (!(at >= box.left && at <= box.left + box.width)) continue;
    const look = { stroke: color, "stroke-opacity": MARK_OPACITY, "stroke-dasharray": MARK_DASH.join(" ") };
    svg.line(at, box.top, at, box.top + box.height, look);
    const [tip, middle, end] = [box.top, box.top + FLAG / 1.5, box.top + (2 * FLAG) / 1.5].map(round);
    svg.path(`M${round(at)} ${tip}L${round(at - FLAG)} ${middle}L${round(at)} ${end}Z`, { fill: color });
  }
}

/** As on the screen: ▲ and ▼ for infinities, a cross for NaN. */
function drawMarks(svg: SvgBuilder, transform: Transform, line: Line): void {
  const { box } = transform;
  let last = Number.NEGATIVE_INFINITY;
  let height = box.top + box.height - 2 * MARK;
  line.curve.value.forEach((value, i) => {
    const x = transform.x(line.x[i] as number);
    if (Number.isFinite(value)) {
      const y = transform.y(line.y[i] as number);
      if (y >= box.top && y <= box.top + box.height) height = y;
      return;
    }
    if (!(x >= box.left && x <= box.left + box.width) || Math.abs(x - last) < MARK_SPACING) return;
    last = x;
    const [l, r] = [round(x - MARK), round(x + MARK)];
    if (Number.isNaN(value)) {
      const [t, b] = [round(height - MARK), round(height + MARK)];
      svg.path(`M${l} ${t}L${r} ${b}M${r} ${t}L${l} ${b}`, { stroke: line.color, "stroke-width": 1.5 });
      return;
    }
    const [tip, base] =
      value > 0 ? [box.top, box.top + 2 * MARK] : [box.top + box.height, box.top + box.height - 2 * MARK];
    svg.path(`M${round(x)} ${round(tip)}L${l} ${round(base)}L${r} ${round(base)}Z`, { fill: line.color });
  });
}
