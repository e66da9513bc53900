/** The heat map of a run's histograms: a row a step, oldest above, the colour of a bin says how many values are in it. */

import type { XAxis } from "../../api/client";
import type { Drawing } from "../../draw/canvas_view";
import { scaleColor } from "../../draw/color_scale";
import type { Appearance } from "../../draw/colors";
import {
  type AxisColors,
  drawBottomAxis,
  drawLeftAxis,
  type Frame,
  place,
  progress,
  progressTicks,
  roomFor,
  type Scale,
  valueTicks,
} from "../../draw/frame";
import type { Pen } from "../../draw/pen";
import { formatValue } from "../../format/numbers";
import type { Size } from "../../ui/use";
import { binAt, binOf, type HistogramData, spread } from "./data";
import type { BinSpot } from "./paint";

/** One step, as high as it is far from its neighbours. */
export interface HeatRow {
  index: number;
  top: number;
  bottom: number;
}

/** How many powers of ten a logarithmic scale of colours reaches down from the most. */
const DECADES = 4;
const MARGIN = { left: 60, right: 64, top: 8, bottom: 28 };
const KEY_GAP = 12;
const KEY_WIDTH = 10;

export class HeatDrawing implements Drawing<BinSpot<HeatRow>> {
  readonly rows: readonly HeatRow[];
  /** The highest share of a step's values that a bin holds. */
  readonly most: number;
  private readonly frame: Frame;
  private readonly across: Scale;
  private readonly down: Scale;

  constructor(
    private readonly data: HistogramData,
    private readonly axis: XAxis,
    size: Size,
    private readonly colors: AxisColors,
    private readonly appearance: Appearance,
    private readonly log: boolean,
  ) {
    const frame = {
      left: MARGIN.left,
      right: size.width - MARGIN.right,
      top: MARGIN.top,
      bottom: size.height - MARGIN.bottom,
    };
    const [low, high] = spread(data.edges);
    this.frame = frame;
    this.across = { low, high, from: frame.left, to: frame.right };
    const at = progress(axis, data.steps, data.wallTimes);
    const order = Array.from(at, (_, index) => index).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    const ends = boundaries(order.map((index) => at[index] ?? 0));
    this.down = { low: ends[0] ?? 0, high: ends.at(-1) ?? 1, from: frame.top, to: frame.bottom };
    this.rows = order.map((index, i) => ({
      index,
      top: place(this.down, ends[i] ?? 0),
      bottom: place(this.down, ends[i + 1] ?? 0),
    }));
    this.most = Math.max(0, ...order.map((index) => greatest(shares(data, index))));
  }

  /** 0 (little) to 1 (the most) of a share of a step's values. */
  amount(share: number): number {
    if (!(share > 0) || !(this.most > 0)) return 0;
    return this.log ? Math.max(0, 1 + Math.log10(share / this.most) / DECADES) : share / this.most;
  }

  paint(pen: Pen): void {
    const { frame, across, down, colors } = this;
    const room = roomFor(frame.left, frame.right, 64);
    drawBottomAxis(pen, frame, across, valueTicks(across.low, across.high, room), colors);
    const ticks = progressTicks(this.axis, down.low, down.high, roomFor(frame.top, frame.bottom, 32));
    drawLeftAxis(pen, frame, down, ticks, colors);
    for (const { top, bottom, row } of this.painted()) this.paintRow(pen, top, bottom, row);
    this.paintKey(pen);
  }

  spotAt(x: number, y: number): BinSpot<HeatRow> | null {
    const { frame, across } = this;
    if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return null;
    const row = this.rows.find(({ bottom }) => y <= bottom) ?? this.rows.at(-1);
    if (!row) return null;
    const share = (x - frame.left) / (frame.right - frame.left);
    const bin = binAt(this.data.edges, across.low + share * (across.high - across.low));
    return { place: row, bin: binOf(this.data, row.index, bin) };
  }

  mark(pen: Pen, { place: row, bin }: BinSpot<HeatRow>): void {
    const { frame, across, colors } = this;
    const [left, right] = [place(across, bin.from), place(across, bin.to)];
    const level = (y: number): void =>
      pen.line(frame.left, y, frame.right, y, { color: colors.strong, width: 1, opacity: 0.5 });
    level(row.top);
    level(row.bottom);
    const box = [left, row.top, right, row.top, right, row.bottom, left, row.bottom];
    pen.path(box, { closed: true, stroke: { color: colors.background, width: 4 } });
    pen.path(box, { closed: true, stroke: { color: colors.strong, width: 2 } });
  }

  /** Rows on whole pixels. Steps that share a pixel are one row, with the most that any of them has in a bin. */
  private *painted(): Generator<{ top: number; bottom: number; row: Float64Array }> {
    let waiting: Float64Array | null = null;
    for (const { index, top, bottom } of this.rows) {
      const row = shares(this.data, index);
      if (waiting) for (let bin = 0; bin < row.length; bin++) row[bin] = Math.max(row[bin] ?? 0, waiting[bin] ?? 0);
      waiting = row;
      if (Math.round(bottom) <= Math.round(top)) continue;
      yield { top: Math.round(top), bottom: Math.round(bottom), row };
      waiting = null;
    }
    if (waiting) yield { top: Math.round(this.frame.bottom) - 1, bottom: Math.round(this.frame.bottom), row: waiting };
  }

  private paintRow(pen: Pen, top: number, bottom: number, row: Float64Array): void {
    const { edges } = this.data;
    for (let bin = 0; bin < row.length; bin++) {
      const share = row[bin] as number;
      // No value at all is no colour: a single one is told from none.
      if (!(share > 0)) continue;
      const left = Math.round(place(this.across, edges[bin] ?? 0));
      const right = Math.round(place(this.across, edges[bin + 1] ?? 0));
      const color = scaleColor(this.appearance, this.amount(share));
      pen.rect(left, top, Math.max(1, right - left), bottom - top, color);
    }
  }

  /** What the colours mean, at the right. */
  private paintKey(pen: Pen): void {
    const { top, bottom, right } = this.frame;
    const left = right + KEY_GAP;
    const slices = 48;
    const height = (bottom - top) / slices;
    for (let i = 0; i < slices; i++) {
      const color = scaleColor(this.appearance, (i + 0.5) / slices);
      pen.rect(left, bottom - (i + 1) * height, KEY_WIDTH, height + 0.5, color);
    }
    for (const { at, label } of this.keyTicks()) {
      const y = Math.min(bottom - 5, Math.max(top + 5, bottom - at * (bottom - top)));
      pen.text(left + KEY_WIDTH + 4, y, label, { color: this.colors.text });
    }
  }

  private keyTicks(): { at: number; label: string }[] {
    const percent = (share: number): string => `${formatValue(Number((100 * share).toPrecision(2)))}%`;
    if (!(this.most > 0)) return [];
    if (!this.log) return [0, 0.5, 1].map((at) => ({ at, label: percent(at * this.most) }));
    return [0, 1, 2, 3, 4].map((power) => ({
      at: power / DECADES,
      label: percent(this.most * 10 ** (power - DECADES)),
    }));
  }
}

/** Half way between neighbours; at both ends as far beyond as on the other side. */
function boundaries(at: readonly number[]): number[] {
  if (at.length < 2 || at[0] === at.at(-1)) {
    const [only = 0] = at;
    return Array.from({ length: at.length + 1 }, (_, i) => only - 0.5 + i / Math.max(1, at.length));
  }
  const between = at.slice(1).map((value, i) => (value + (at[i] ?? 0)) / 2);
  const first = (at[0] ?? 0) * 2 - (between[0] ?? 0);
  const last = (at.at(-1) ?? 0) * 2 - (between.at(-1) ?? 0);
  return [first, ...between, last];
}

function shares(data: HistogramData, index: number): Float64Array {
  const total = data.totals[index] ?? 0;
  const row = data.counts[index] ?? new Float64Array();
  return row.map((count) => (total > 0 && Number.isFinite(count) ? count / total : 0));
}

function greatest(row: Float64Array): number {
  let most = 0;
  for (const value of row) if (value > most) most = value;
  return most;
}
