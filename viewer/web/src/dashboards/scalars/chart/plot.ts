/**
 * A scalar chart: uPlot keeps the axes, the selection and the pointer; the lines are painted by `paint.ts`, since each run
 * has steps of its own, may go back in them, and has NaN and infinities that are to be seen.
 */

import uPlot from "uplot";
import type { ChartAxis } from "../../../api/client";
import { cssColor } from "../../../draw/colors";
import { X_AXIS_HEIGHT, xAxis, yAxis } from "./axes";
import { paintBand } from "./band";
import { padRange, type Range, widenX, xExtent, yExtent } from "./extent";
import type { Line } from "./line";
import { drawnValue, type Hit } from "./nearest";
import { type Painted, type Pen, paintBold, paintLine, paintPoint } from "./paint";
import { makeTransform, type Transform } from "./transform";

export interface Zoom {
  x: Range;
  /** Null: as far as the values in `x` reach. */
  y: Range | null;
}

export interface Scene {
  lines: readonly Line[];
  axis: ChartAxis;
  log: boolean;
  zoom: Zoom | null;
}

export interface Pointer {
  /** On the x axis. */
  x: number;
  /** In CSS pixels within the plot. */
  top: number;
  /** In CSS pixels within the window. */
  clientX: number;
  clientY: number;
  /** The plot with its axis, from top to bottom, in the window. */
  plot: { top: number; bottom: number };
}

export interface PlotEvents {
  onZoom(zoom: Zoom): void;
  onReset(): void;
  onPoint(pointer: Pointer | null): void;
}

const EMPTY: Range = [0, 1];
/** A drag that is flatter than this many pixels chooses a range of x alone. */
const BAND = 24;
const LEAST_DRAG = 4;

export class ScalarPlot {
  private readonly uplot: uPlot;
  private readonly overlay: HTMLCanvasElement;
  private scene: Scene;
  private xRange: Range = EMPTY;
  private yRange: Range = EMPTY;
  /** What the last drawing put on the canvas, by the key of the line. */
  readonly painted = new Map<string, Painted>();

  constructor(
    host: HTMLElement,
    scene: Scene,
    size: { width: number; height: number },
    private readonly events: PlotEvents,
  ) {
    this.scene = scene;
    this.measure();
    this.uplot = new uPlot(this.options(size), [[0, 1], [null, null] as unknown as number[]], host);
    this.overlay = document.createElement("canvas");
    this.overlay.className = "chart-overlay";
    this.uplot.over.append(this.overlay);
    // Drawn at once: the first line is on the screen a frame earlier.
    this.draw();
  }

  /** Whether the scene needs another plot, because uPlot cannot change the kind of a scale. */
  fits(scene: Scene): boolean {
    return scene.axis === this.scene.axis && scene.log === this.scene.log;
  }

  update(scene: Scene): void {
    this.scene = scene;
    this.draw();
  }

  resize(width: number, height: number): void {
    this.uplot.setSize({ width, height });
  }

  /** Draw again, for example in the colours of another theme. */
  draw(): void {
    this.measure();
    this.uplot.batch(() => {
      this.uplot.setScale("x", { min: this.xRange[0], max: this.xRange[1] });
      this.uplot.setScale("y", { min: this.yRange[0], max: this.yRange[1] });
    });
    this.uplot.redraw(false, true);
  }

  /** Mark what the pointer means: a dot on each line, and one line bold. */
  mark(hits: readonly Hit[], closest: Hit | null): void {
    const pen = this.overlayPen();
    if (!pen) return;
    const background = cssColor("--surface");
    if (closest && hits.length > 1) paintBold(pen, closest.line, background);
    for (const hit of hits) {
      if (hit !== closest) paintPoint(pen, hit.line.color, background, hit.x, drawnValue(hit), false);
    }
    if (closest) paintPoint(pen, closest.line.color, background, closest.x, drawnValue(closest), true);
  }

  /** Draw one line bold, for example while its name is pointed at. */
  highlight(key: string | null): void {
    const pen = this.overlayPen();
    const line = key === null ? undefined : this.scene.lines.find((candidate) => candidate.key === key);
    if (pen && line) paintBold(pen, line, cssColor("--surface"));
  }

  /** The hit whose dot is nearest to a height in the plot. */
  closestTo(hits: readonly Hit[], pointer: Pointer): Hit | null {
    const transform = this.transform(1, 0, 0);
    const across = transform.x(pointer.x);
    let best: Hit | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const hit of hits) {
      const distance = Math.hypot(transform.x(hit.x) - across, transform.y(drawnValue(hit)) - pointer.top);
      if (distance < least) {
        least = distance;
        best = hit;
      }
    }
    return best;
  }

  get ranges(): { x: Range; y: Range } {
    return { x: this.xRange, y: this.yRange };
  }

  destroy(): void {
    this.uplot.destroy();
  }

  private measure(): void {
    const { lines, zoom, log, axis } = this.scene;
    this.xRange = zoom?.x ?? widenX(xExtent(lines) ?? EMPTY, axis === "step");
    const found = yExtent(lines, this.xRange, log);
    // A logarithmic axis has no place for what was chosen on a linear one at or below zero.
    const chosen = zoom?.y && (!log || zoom.y[0] > 0) ? zoom.y : null;
    this.yRange = chosen ?? padRange(found ?? (log ? [0.1, 1] : EMPTY), log);
  }

  private options(size: { width: number; height: number }): uPlot.Options {
    const { axis, log } = this.scene;
    return {
      ...size,
      pxAlign: 1,
      padding: [10, 20, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, auto: false, range: () => [...this.xRange] },
        y: { distr: log ? 3 : 1, auto: false, range: () => [...this.yRange] },
      },
      axes: [xAxis(axis), yAxis(log)],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      cursor: {
        y: false,
        points: { show: false },
        drag: { setScale: false, x: true, y: true, uni: BAND, dist: LEAST_DRAG },
        bind: {
          dblclick: () => () => {
            this.events.onReset();
            return null;
          },
        },
      },
      hooks: {
        draw: [() => this.paint()],
        setSelect: [(self) => this.choose(self)],
        setCursor: [(self) => this.point(self)],
      },
    };
  }

  private paint(): void {
    const { ctx, bbox } = this.uplot;
    const pen: Pen = {
      context: ctx,
      ratio: devicePixelRatio,
      transform: makeTransform(bbox, this.xRange, this.yRange, this.scene.log),
    };
    this.painted.clear();
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - pen.ratio, bbox.top, bbox.width + 4 * pen.ratio, bbox.height);
    ctx.clip();
    for (const line of this.scene.lines) paintBand(pen, line);
    for (const line of this.scene.lines) this.painted.set(line.key, paintLine(pen, line));
    ctx.restore();
  }

  private choose(self: uPlot): void {
    const { left, top, width, height } = self.select;
    if (width < LEAST_DRAG && height < LEAST_DRAG) return;
    const full = { width: self.over.clientWidth, height: self.over.clientHeight };
    const x: Range = width < full.width ? [self.posToVal(left, "x"), self.posToVal(left + width, "x")] : this.xRange;
    const y: Range | null = height < full.height ? [self.posToVal(top + height, "y"), self.posToVal(top, "y")] : null;
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (x[1] > x[0]) this.events.onZoom({ x, y });
  }

  private point(self: uPlot): void {
    const { left = -1, top = -1 } = self.cursor;
    if (left < 0 || !self.cursor.event) {
      this.overlayPen();
      this.events.onPoint(null);
      return;
    }
    const box = self.over.getBoundingClientRect();
    this.events.onPoint({
      x: self.posToVal(left, "x"),
      top,
      clientX: box.left + left,
      clientY: box.top + top,
      plot: { top: box.top, bottom: box.bottom + X_AXIS_HEIGHT },
    });
  }

  private transform(ratio: number, left: number, top: number): Transform {
    const { clientWidth, clientHeight } = this.uplot.over;
    const box = { left, top, width: clientWidth * ratio, height: clientHeight * ratio };
    return makeTransform(box, this.xRange, this.yRange, this.scene.log);
  }

  /** A pen on the emptied overlay. */
  private overlayPen(): Pen | null {
    const context = this.overlay.getContext("2d");
    if (!context) return null;
    const ratio = devicePixelRatio;
    const { clientWidth, clientHeight } = this.uplot.over;
    this.overlay.width = Math.round(clientWidth * ratio);
    this.overlay.height = Math.round(clientHeight * ratio);
    return { context, ratio, transform: this.transform(ratio, 0, 0) };
  }
}
