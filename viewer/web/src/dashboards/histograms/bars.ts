/** The histogram of one step, as bars. */

import type { Drawing } from "../../draw/canvas_view";
import { place, type Scale } from "../../draw/frame";
import type { Pen } from "../../draw/pen";
import type { Size } from "../../ui/use";
import { binAt, heightOf, rebinned, type SingleData } from "./data";
import { type BinSpot, type Colors, drawCountAxis, drawValueAxis } from "./paint";

const BAR_PX = 6;
const FEWEST_BARS = 20;
const MOST_BARS = 160;
const MARGIN = { left: 52, right: 16, top: 8, bottom: 28 };

export class BarsDrawing implements Drawing<BinSpot<number>> {
  /** What is drawn: bins of one width over the range. */
  readonly bars: { edges: Float64Array; counts: Float64Array };
  private readonly plot;
  private readonly across: Scale;
  private readonly up: Scale;
  private readonly highest: number;

  /**
   * `range` is that of all steps, so that a slider moves the bars and not the axis; `start` the run's first wall time.
   */
  constructor(
    private readonly data: SingleData,
    range: readonly [number, number],
    private readonly start: number,
    size: Size,
    private readonly colors: Colors,
    private readonly log: boolean,
  ) {
    const low = Math.min(range[0], data.edges[0] ?? range[0]);
    const high = Math.max(range[1], data.edges.at(-1) ?? range[1]);
    const [left, right] = [MARGIN.left, size.width - MARGIN.right];
    const [top, bottom] = [MARGIN.top, size.height - MARGIN.bottom];
    const count = Math.min(MOST_BARS, Math.max(FEWEST_BARS, Math.round((right - left) / BAR_PX)));
    this.bars = rebinned(data.edges, data.counts, [low, high], count);
    this.plot = { left, right, top, bottom, low, high };
    this.highest = this.bars.counts.reduce((most, bar) => (bar > most ? bar : most), 0);
    this.across = { low, high, from: left, to: right };
    this.up = { low: 0, high: heightOf(this.highest, log) || 1, from: bottom, to: top };
  }

  paint(pen: Pen): void {
    const { plot, colors, highest, log } = this;
    drawValueAxis(pen, plot, colors);
    drawCountAxis(pen, plot, highest, log, colors);
    for (let bar = 0; bar < this.bars.counts.length; bar++) this.paintBar(pen, bar, colors.run);
  }

  spotAt(x: number, y: number): BinSpot<number> | null {
    const { left, right, top, bottom } = this.plot;
    if (x < left || x > right || y < top || y > bottom) return null;
    const { edges, counts } = this.bars;
    const { step, wallTime, total } = this.data;
    const bar = binAt(edges, this.across.low + ((x - left) / (right - left)) * (this.across.high - this.across.low));
    const bin = { from: edges[bar] ?? 0, to: edges[bar + 1] ?? 0, count: counts[bar] ?? 0 };
    return { place: bar, bin: { ...bin, step, wallTime, since: wallTime - this.start, total } };
  }

  mark(pen: Pen, { place: bar }: BinSpot<number>): void {
    this.paintBar(pen, bar, this.colors.strong);
  }

  private paintBar(pen: Pen, bar: number, color: string): void {
    const count = this.bars.counts[bar] ?? 0;
    if (!(count > 0)) return;
    const left = place(this.across, this.bars.edges[bar] ?? 0);
    const right = place(this.across, this.bars.edges[bar + 1] ?? 0);
    // What is there is seen, however little beside the rest.
    const top = Math.min(this.plot.bottom - 1, place(this.up, heightOf(count, this.log)));
    pen.rect(left + 0.5, top, Math.max(1, right - left - 1), this.plot.bottom - top, color);
  }
}
