/** Where the axes and lines of parallel coordinates are. Knows no framework. */

import type { Cell } from "../../../table/cells";
import type { Span } from "../brush";
import type { Scale } from "../scale";

/** An axis as it is asked for. */
export interface AxisData {
  id: string;
  scale: Scale;
  /** What of it is brushed. */
  span: Span | null;
  /** Colours from its low end to its high one, if lines are coloured by it. */
  colors: readonly string[] | null;
}

export interface LineData {
  key: string;
  /** A value for each axis. */
  cells: readonly Cell[];
  color: string;
  /** Whether it is drawn in its colour; the others are there, but faint. */
  on: boolean;
}

export interface Axis extends AxisData {
  x: number;
}

export interface Line extends LineData {
  /** Height at each axis. */
  y: Float64Array;
}

export interface Layout {
  axes: readonly Axis[];
  lines: readonly Line[];
  width: number;
  height: number;
  top: number;
  bottom: number;
  /** Where lines pass an axis that has no place for them; null if none does. */
  missing: number | null;
}

export const TITLE_HEIGHT = 44;
export const LEAST_SPACE = 96;
const LEFT = 84;
const RIGHT = 44;
const BOTTOM = 14;
const MISSING = 22;

/** The width that so many axes need; a narrower card scrolls. */
export const neededWidth = (axes: number): number => LEFT + RIGHT + Math.max(0, axes - 1) * LEAST_SPACE;

export function layOut(axes: readonly AxisData[], lines: readonly LineData[], width: number, height: number): Layout {
  const top = TITLE_HEIGHT;
  const positions = lines.map(({ cells }) => axes.map((axis, at) => axis.scale.position(cells[at] ?? null)));
  const lacks = positions.some((row) => row.some(Number.isNaN));
  const bottom = height - BOTTOM - (lacks ? MISSING : 0);
  const missing = lacks ? height - BOTTOM : null;
  const space = axes.length > 1 ? (width - LEFT - RIGHT) / (axes.length - 1) : 0;
  return {
    axes: axes.map((axis, at) => ({ ...axis, x: axes.length > 1 ? LEFT + at * space : width / 2 })),
    lines: lines.map((line, at) => ({
      ...line,
      y: Float64Array.from(positions[at] ?? [], (share) =>
        Number.isNaN(share) ? (missing ?? bottom) : bottom - share * (bottom - top),
      ),
    })),
    ...{ width, height, top, bottom, missing },
  };
}

/** The height of a line at `x`: between two axes it goes from one level to the other as a bent curve does. */
export function heightAt(layout: Layout, line: Line, x: number): number {
  const { axes } = layout;
  const right = axes.findIndex((axis) => axis.x >= x);
  if (right <= 0) return line.y[right === 0 ? 0 : axes.length - 1] ?? Number.NaN;
  const [from, to] = [axes[right - 1] as Axis, axes[right] as Axis];
  const t = (x - from.x) / (to.x - from.x);
  const [a, b] = [line.y[right - 1] as number, line.y[right] as number];
  return a + (b - a) * (3 * t * t - 2 * t * t * t);
}

/** The line in colour that is nearest to a place, if one is near. */
export function nearest(layout: Layout, x: number, y: number, reach: number): Line | null {
  let found: Line | null = null;
  let least = reach;
  for (const line of layout.lines) {
    if (!line.on) continue;
    const distance = Math.abs(heightAt(layout, line, x) - y);
    if (distance <= least) [found, least] = [line, distance];
  }
  return found;
}

/** The axis at a place; null if none is within `reach`. */
export function axisAt(layout: Layout, x: number, reach: number): Axis | null {
  let found: Axis | null = null;
  for (const axis of layout.axes) {
    if (Math.abs(axis.x - x) <= Math.min(reach, found ? Math.abs(found.x - x) : reach)) found = axis;
  }
  return found;
}

/** 0 at the low end of the axes, 1 at the high one. */
export function shareAt({ top, bottom }: Layout, y: number): number {
  return Math.min(1, Math.max(0, (bottom - y) / (bottom - top)));
}

/** Before which axis one stands that is dropped at `x`; null for the end. */
export function dropBefore(layout: Layout, id: string, x: number): string | null {
  const others = layout.axes.filter((axis) => axis.id !== id);
  return others.find((axis) => x < axis.x)?.id ?? null;
}
