/** The distribution of a run's values over its steps: bands around the median, each of half a standard deviation. */

import type { XAxis } from "../../api/client";
import type { Distributions } from "../../api/curves";
import { toNumber } from "../../api/types";
import type { Drawing } from "../../draw/canvas_view";
import {
  type AxisColors,
  drawBottomAxis,
  drawLeftAxis,
  extent,
  type Frame,
  place,
  progress,
  progressTicks,
  roomFor,
  type Scale,
  valueTicks,
  widened,
} from "../../draw/frame";
import type { Pen } from "../../draw/pen";
import type { Size } from "../../ui/use";

export interface DistributionData {
  shares: readonly number[];
  steps: readonly number[];
  wallTimes: Float64Array;
  totals: Float64Array;
  /** One column a share, each over the steps. */
  columns: readonly Float64Array[];
  totalSteps: number;
}

/** A step that is pointed at. */
export interface StepSpot {
  index: number;
  step: number;
  wallTime: number;
  /** Seconds since the run's first histogram. */
  since: number;
  total: number;
  shares: readonly number[];
  /** Of each share. */
  values: readonly number[];
}

const MARGIN = { left: 56, right: 16, top: 8, bottom: 28 };
/** Opacity that each band adds to those around it. */
const OPACITY = 0.17;
const PAD = 0.04;

export function readDistributions(answer: Distributions): DistributionData {
  return {
    shares: answer.shares,
    steps: answer.steps,
    wallTimes: Float64Array.from(answer.wall_times, toNumber),
    totals: Float64Array.from(answer.totals, toNumber),
    columns: answer.shares.map((_, at) => Float64Array.from(answer.values, (row) => toNumber(row[at]))),
    totalSteps: answer.total_steps,
  };
}

export class BandsDrawing implements Drawing<StepSpot> {
  readonly across: Scale;
  readonly up: Scale;
  private readonly frame: Frame;
  private readonly at: Float64Array;

  constructor(
    private readonly data: DistributionData,
    private readonly axis: XAxis,
    size: Size,
    private readonly color: string,
    private readonly colors: AxisColors,
  ) {
    const { left, top } = MARGIN;
    const [right, bottom] = [size.width - MARGIN.right, size.height - MARGIN.bottom];
    this.frame = { left, right, top, bottom };
    this.at = progress(axis, data.steps, data.wallTimes);
    const [first, last] = widened(extent(this.at) ?? [0, 1]);
    const [low, high] = widened(extent(...data.columns) ?? [0, 1]);
    const pad = (high - low) * PAD;
    this.across = { low: first, high: last, from: left, to: right };
    this.up = { low: low - pad, high: high + pad, from: bottom, to: top };
  }

  paint(pen: Pen): void {
    const { frame, across, up, colors } = this;
    const [columns, rows] = [roomFor(frame.left, frame.right, 64), roomFor(frame.top, frame.bottom, 32)];
    drawLeftAxis(pen, frame, up, valueTicks(up.low, up.high, rows), colors);
    drawBottomAxis(pen, frame, across, progressTicks(this.axis, across.low, across.high, columns), colors);
    const last = this.data.columns.length - 1;
    for (let band = 0; band < last - band; band++) {
      for (const part of this.parts(band, last - band)) {
        // A lone step has no area, and is no less there.
        pen.path(part, { fill: this.color, fillOpacity: OPACITY, closed: true, stroke: this.edge });
      }
    }
    const middle = last / 2;
    if (!Number.isInteger(middle)) return;
    for (const part of this.runs()) {
      const line = part.flatMap((index) => this.point(index, middle));
      pen.path(line, { stroke: { color: this.color, width: 2 } });
      if (part.length === 1) pen.circle(line[0] as number, line[1] as number, 3, { fill: this.color });
    }
  }

  spotAt(x: number, y: number): StepSpot | null {
    const { frame, data } = this;
    if (x < frame.left - 8 || x > frame.right + 8 || y < frame.top || y > frame.bottom || !this.at.length) return null;
    let index = 0;
    this.at.forEach((value, i) => {
      const distance = Math.abs(place(this.across, value) - x);
      if (distance <= Math.abs(place(this.across, this.at[index] as number) - x)) index = i;
    });
    const wallTime = data.wallTimes[index] ?? Number.NaN;
    return {
      index,
      step: data.steps[index] ?? 0,
      wallTime,
      since: wallTime - (data.wallTimes[0] ?? Number.NaN),
      total: data.totals[index] ?? Number.NaN,
      shares: data.shares,
      values: data.columns.map((column) => column[index] ?? Number.NaN),
    };
  }

  mark(pen: Pen, { index }: StepSpot): void {
    const { frame, colors } = this;
    const x = place(this.across, this.at[index] as number);
    pen.line(x, frame.top, x, frame.bottom, { color: colors.strong, width: 1, opacity: 0.5 });
    this.data.columns.forEach((_, column) => {
      const y = this.point(index, column)[1];
      const middle = column * 2 === this.data.columns.length - 1;
      if (!Number.isFinite(y)) return;
      pen.circle(x, y, middle ? 4 : 2.5, { fill: this.color, stroke: { color: colors.background, width: 1.5 } });
    });
  }

  private get edge() {
    return { color: this.color, width: 0.5, opacity: 0.35 };
  }

  private point(index: number, column: number): [number, number] {
    const value = this.data.columns[column]?.[index] as number;
    return [place(this.across, this.at[index] as number), place(this.up, value)];
  }

  /** Indices of steps in a row that hold values. */
  private runs(): number[][] {
    const runs: number[][] = [];
    let run: number[] | null = null;
    for (let i = 0; i < this.at.length; i++) {
      if (!Number.isFinite(this.data.columns[0]?.[i])) {
        run = null;
        continue;
      }
      if (!run) {
        run = [];
        runs.push(run);
      }
      run.push(i);
    }
    return runs;
  }

  /** The outline of a band: along its lower edge, and back along the upper. */
  private parts(low: number, high: number): number[][] {
    return this.runs().map((run) => [
      ...run.flatMap((index) => this.point(index, low)),
      ...[...run].reverse().flatMap((index) => this.point(index, high)),
    ]);
  }
}

/** `max`, `93 %`, …, `min`. */
export function shareName(share: number): string {
  if (share <= 0) return "min";
  if (share >= 1) return "max";
  return `${Math.round(100 * share)} %`;
}
