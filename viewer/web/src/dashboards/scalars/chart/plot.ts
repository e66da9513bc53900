/**
 * A scalar chart: uPlot keeps the axes, the selection and the pointer; the lines are painted by `paint.ts` on a layer of
 * their own, since each run has steps of its own, may go back in them, and has NaN and infinities that are to be seen.
 */

import uPlot from "uplot";
import type { ChartAxis } from "../../../api/client";
import { cssColor } from "../../../draw/colors";
import { X_AXIS_HEIGHT, xAxis, yAxis } from "./axes";
import {
  applyBounds,
  type Bounds,
  bulkOf,
  countOutside,
  padRange,
  type Range,
  symlogThreshold,
  widenX,
  xExtent,
  yExtent,
} from "./extent";
import { Gestures } from "./gestures";
import { LineLayer } from "./layer";
import type { Line } from "./line";
import { drawnValue, type Hit } from "./nearest";
import { countPlaces, type Painted, type Pen, paintBold, paintPoint } from "./paint";
import { hasPlace, isSameScale, makeScale, type Scale, type ScaleKind } from "./scale";
import { type Box, makeTransform, type Transform } from "./transform";

export interface Zoom {
  /** Null: as far as there are points, or as the bounds say. */
  x: Range | null;
  /** Null: as far as the values in `x` reach. */
  y: Range | null;
}

export interface Scene {
  lines: readonly Line[];
  axis: ChartAxis;
  xKind: ScaleKind;
  yKind: ScaleKind;
  bounds: { x: Bounds; y: Bounds };
  /** Whether the y axis is to leave out the lowest and highest values where they are few. */
  ignoreOutliers: boolean;
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
  /** The reader clicks at a place that is pointed at. */
  onClick?(): void;
  /** The view is being moved by hand, and not yet at rest. */
  onSlide?(ranges: Ranges | null): void;
  /** The axes have got a place, or another one. */
  onPlace?(): void;
}

/** The plot along its x axis, in CSS pixels within the host. */
export interface Across {
  left: number;
  top: number;
  width: number;
  height: number;
  range: Range;
  /** From the plot's left edge; not finite where a value has no place. */
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

export interface Ranges {
  x: Range;
  y: Range;
}

const EMPTY: Range = [0, 1];
const NO_MARGIN = { x: 0, y: 0 };
/** A drag that is flatter than this many pixels chooses a range of x alone. */
const BAND = 24;
const LEAST_DRAG = 4;
/** How much more than the plot is drawn on each side while it is panned, as a share of it. */
const PAN_MARGIN = 0.5;
/** Beyond so many lines only that which is meant gets a dot. */
const MOST_DOTS = 60;

export class ScalarPlot {
  private readonly uplot: uPlot;
  private readonly overlay: HTMLCanvasElement;
  private readonly layer = new LineLayer();
  private readonly gestures: Gestures;
  private scene: Scene;
  private xRange: Range = EMPTY;
  private yRange: Range = EMPTY;
  private readonly xScale: Scale;
  private readonly yScale: Scale;
  /** Where the layer was drawn, while the view is moved. */
  private slidFrom: Ranges | null = null;
  /** Whether something is marked. */
  private hasBold = false;
  private isPlacing = true;
  /** Drawn values outside the y axis because outliers are ignored. */
  outside = 0;

  constructor(
    host: HTMLElement,
    scene: Scene,
    size: { width: number; height: number },
    private readonly events: PlotEvents,
  ) {
    this.scene = scene;
    [this.xScale, this.yScale] = scalesOf(scene);
    this.measure();
    this.uplot = new uPlot(this.options(size), [[0, 1], [null, null] as unknown as number[]], host);
    this.overlay = document.createElement("canvas");
    this.overlay.className = "chart-overlay";
    this.uplot.over.prepend(this.layer.element);
    this.uplot.over.append(this.overlay);
    this.gestures = new Gestures(this.uplot.over, {
      ranges: () => this.ranges,
      scales: { x: this.xScale, y: this.yScale },
      isTall: () => this.scene.zoom?.y != null,
      slide: (ranges) => {
        this.slide(ranges);
        this.events.onSlide?.(this.ranges);
      },
      settle: (zoom) => {
        this.settle(zoom);
        this.events.onSlide?.(null);
        if (zoom) this.events.onZoom(zoom);
      },
      zoom: (zoom) => this.events.onZoom(zoom),
      reset: () => this.events.onReset(),
      click: () => this.events.onClick?.(),
    });
    // Drawn at once: the first line is on the screen a frame earlier.
    this.draw();
  }

  /** Whether the scene needs another plot, because uPlot cannot change the kind of a scale. */
  fits(scene: Scene): boolean {
    if (scene.axis !== this.scene.axis) return false;
    const [x, y] = scalesOf(scene);
    return isSameScale(x, this.xScale) && isSameScale(y, this.yScale);
  }

  /** Draw the scene, in another size if one is given. */
  update(scene: Scene, size?: { width: number; height: number }): void {
    const isNew = scene.lines !== this.scene.lines;
    this.scene = scene;
    if (!this.slidFrom) {
      this.draw(size);
    } else if (isNew) {
      // A view that is being moved stays under the hand.
      this.slidFrom = this.ranges;
      this.drawLayer(this.margin);
    }
  }

  private draw(size?: { width: number; height: number }): void {
    this.measure();
    this.place(size);
    this.drawLayer(NO_MARGIN);
  }

  /** How many points have a place on the canvas, how many are marked, how many are neither. */
  get total(): Painted {
    const transform = this.transform(1, 0, 0);
    const total = { points: 0, marks: 0, masked: 0 };
    for (const line of this.scene.lines) {
      const { points, marks, masked } = countPlaces(line, transform);
      total.points += points;
      total.marks += marks;
      total.masked += masked;
    }
    return total;
  }

  /** What has a place on the canvas, by the key of the line. */
  get painted(): Map<string, Painted> {
    const transform = this.transform(1, 0, 0);
    return new Map(this.scene.lines.map((line) => [line.key, countPlaces(line, transform)]));
  }

  /** Mark what the pointer means: a dot on each line, and one line bold. */
  mark(hits: readonly Hit[], closest: Hit | null): void {
    const pen = this.overlayPen();
    if (!pen) return;
    this.hasBold = true;
    const background = cssColor("--surface");
    if (closest && this.scene.lines.length > 1) paintBold(pen, closest.line, background);
    if (hits.length <= MOST_DOTS) {
      for (const hit of hits) {
        if (hit !== closest) paintPoint(pen, hit.line.color, background, hit.x, drawnValue(hit), false);
      }
    }
    if (closest) paintPoint(pen, closest.line.color, background, closest.x, drawnValue(closest), true);
  }

  /** Draw one line bold, for example while its name is pointed at. */
  highlight(key: string | null): void {
    const line = key === null ? undefined : this.scene.lines.find((candidate) => candidate.key === key);
    const pen = line && this.overlayPen();
    if (!pen) {
      this.unmark();
      return;
    }
    paintBold(pen, line, cssColor("--surface"));
    this.hasBold = true;
  }

  unmark(): void {
    if (this.hasBold) this.overlayPen();
    this.hasBold = false;
  }

  /** How far the dot of each hit is from the pointer, in CSS pixels. */
  distances(hits: readonly Hit[], pointer: { x: number; top: number }): Map<Hit, number> {
    const transform = this.transform(1, 0, 0);
    const across = transform.x(pointer.x);
    const far = (hit: Hit): number =>
      Math.hypot(transform.x(hit.x) - across, transform.y(drawnValue(hit)) - pointer.top);
    return new Map(hits.map((hit) => [hit, far(hit)]));
  }

  /** The hit whose dot is nearest to the pointer. */
  closestTo(hits: readonly Hit[], pointer: { x: number; top: number }): Hit | null {
    let best: Hit | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [hit, distance] of this.distances(hits, pointer)) {
      if (distance >= least) continue;
      least = distance;
      best = hit;
    }
    return best;
  }

  /** Stand the pointer's line at a place that was not pointed at; null: take it away. */
  cross(pointer: Pointer | null): void {
    const left = pointer ? this.transform(1, 0, 0).x(pointer.x) : -10;
    this.uplot.setCursor({ left, top: pointer ? pointer.top : -10 }, false);
  }

  /** Zoom the x axis, about a value on it or its middle. */
  magnify(factor: number, at?: number): void {
    const share = at === undefined ? 0.5 : this.transform(1, 0, 0).x(at) / this.size.width;
    this.gestures.magnify(factor, share);
  }

  nudge(right: number, up: number): void {
    this.gestures.nudge(right, up);
  }

  /** Where in the window values are; null if they have no place. */
  locate(x: number, y: number): Pointer | null {
    const transform = this.transform(1, 0, 0);
    const [left, top] = [transform.x(x), transform.y(y)];
    return Number.isFinite(left) ? this.pointerAt(x, left, Number.isFinite(top) ? top : 0) : null;
  }

  /** How far two values of x are apart on the screen. */
  pixelsBetween(a: number, b: number): number {
    const transform = this.transform(1, 0, 0);
    return Math.abs(transform.x(a) - transform.x(b));
  }

  get ranges(): Ranges {
    return { x: this.xRange, y: this.yRange };
  }

  get across(): Across {
    const { left, top } = this.uplot.bbox;
    const transform = this.transform(1, 0, 0);
    return {
      left: left / devicePixelRatio,
      top: top / devicePixelRatio,
      ...this.size,
      range: this.xRange,
      toPixel: (value) => transform.x(value),
      toValue: (pixel) => this.uplot.posToVal(pixel, "x"),
    };
  }

  get scales(): { x: Scale; y: Scale } {
    return { x: this.xScale, y: this.yScale };
  }

  /** Move the view without drawing its lines anew: what was drawn is moved along. */
  slide({ x, y }: Ranges): void {
    if (!this.slidFrom) {
      this.slidFrom = this.ranges;
      this.drawLayer(this.margin);
      this.unmark();
    }
    [this.xRange, this.yRange] = [x, y];
    const moved = this.movedBy(this.slidFrom);
    const margin = this.margin;
    if (Math.abs(moved.x) > margin.x || Math.abs(moved.y) > margin.y) {
      this.slidFrom = { x, y };
      this.drawLayer(margin);
      this.events.onZoom({ x, y: this.scene.zoom?.y ? y : null });
    } else this.layer.slide(moved.x, moved.y);
    this.place();
  }

  /** The view is let go: from here on it is drawn as it is; what is to be zoomed to is drawn soon. */
  settle(zoom: Zoom | null = null): void {
    this.slidFrom = null;
    if (!zoom) this.draw();
  }

  destroy(): void {
    this.gestures.stop();
    this.uplot.destroy();
  }

  /** Of the plot, in CSS pixels. uPlot knows it; asking the page would make it lay itself out. */
  get size(): { width: number; height: number } {
    const { width, height } = this.uplot.bbox;
    return { width: width / devicePixelRatio, height: height / devicePixelRatio };
  }

  private get margin(): { x: number; y: number } {
    const { width, height } = this.size;
    return { x: width * PAN_MARGIN, y: this.scene.zoom?.y ? height * PAN_MARGIN : 0 };
  }

  /** How many CSS pixels what stood at `from` has moved. */
  private movedBy(from: Ranges): { x: number; y: number } {
    const transform = this.transform(1, 0, 0);
    return { x: transform.x(from.x[0]), y: transform.y(from.y[0]) - this.size.height };
  }

  private measure(): void {
    const { lines, zoom, axis, bounds, xKind, yKind, ignoreOutliers } = this.scene;
    const across = widenX(xExtent(lines, xKind) ?? (xKind === "log" ? [1, 10] : EMPTY), axis === "step");
    this.xRange = chosenOn(xKind, zoom?.x) ?? applyBounds(padLog(across, this.xScale), bounds.x, this.xScale);
    const found = yExtent(lines, this.xRange, yKind);
    const bulk = ignoreOutliers && !zoom?.y ? bulkOf(lines, this.xRange, yKind) : null;
    const padded = padRange(bulk ?? found ?? (yKind === "log" ? [0.1, 1] : EMPTY), this.yScale);
    // A logarithmic axis has no place for what was chosen on a linear one at or below zero.
    this.yRange = chosenOn(yKind, zoom?.y) ?? applyBounds(padded, bounds.y, this.yScale);
    this.outside = bulk ? countOutside(lines, this.xRange, this.yRange) : 0;
  }

  /** Tell the axes where they reach. */
  private place(size?: { width: number; height: number }): void {
    this.isPlacing = true;
    this.uplot.batch(() => {
      if (size) this.uplot.setSize(size);
      this.uplot.setScale("x", { min: this.xRange[0], max: this.xRange[1] });
      this.uplot.setScale("y", { min: this.yRange[0], max: this.yRange[1] });
      this.uplot.redraw(false, true);
    });
    this.isPlacing = false;
    this.events.onPlace?.();
  }

  private drawLayer(margin: { x: number; y: number }): void {
    const [x, y] = [this.xRange, this.yRange];
    this.layer.draw(this.scene.lines, {
      ...this.size,
      margin,
      ratio: devicePixelRatio,
      transform: (box) => makeTransform(box, x, y, this.xScale, this.yScale),
      key: [...x, ...y, margin.x].join(" "),
    });
  }

  private options(size: { width: number; height: number }): uPlot.Options {
    const { axis } = this.scene;
    const scale = ({ to, from }: Scale): uPlot.Scale => ({ distr: 100, fwd: to, bwd: from, auto: false });
    return {
      ...size,
      pxAlign: 1,
      padding: [10, 20, 0, 0],
      legend: { show: false },
      scales: {
        x: { ...scale(this.xScale), time: false, range: () => [...this.xRange] },
        y: { ...scale(this.yScale), range: () => [...this.yRange] },
      },
      axes: [xAxis(axis, this.xScale), yAxis(this.yScale)],
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
          // A drag that pans chooses nothing.
          mousedown: (_self, _target, handler) => (event: MouseEvent) => {
            if (!this.gestures.isPan(event)) handler(event);
            return null;
          },
        },
      },
      hooks: {
        setSelect: [(self) => this.choose(self)],
        setCursor: [(self) => this.point(self)],
        // Also when the window moves to a screen of another sharpness.
        setSize: [() => !this.isPlacing && this.drawLayer(NO_MARGIN)],
      },
    };
  }

  private choose(self: uPlot): void {
    const { left, top, width, height } = self.select;
    if (width < LEAST_DRAG && height < LEAST_DRAG) return;
    const full = this.size;
    const x: Range = width < full.width ? [self.posToVal(left, "x"), self.posToVal(left + width, "x")] : this.xRange;
    const y: Range | null = height < full.height ? [self.posToVal(top + height, "y"), self.posToVal(top, "y")] : null;
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (x[1] > x[0]) this.events.onZoom({ x, y });
  }

  private point(self: uPlot): void {
    const { left = -1, top = -1 } = self.cursor;
    if (left < 0 || this.slidFrom) {
      this.unmark();
      this.events.onPoint(null);
      return;
    }
    // uPlot says so as well when the axes have changed beneath a place that was pointed at.
    if (!self.cursor.event) return;
    this.events.onPoint(this.pointerAt(self.posToVal(left, "x"), left, top));
  }

  private pointerAt(x: number, left: number, top: number): Pointer {
    const box = this.uplot.over.getBoundingClientRect();
    return {
      x,
      top,
      clientX: box.left + left,
      clientY: box.top + top,
      plot: { top: box.top, bottom: box.bottom + X_AXIS_HEIGHT },
    };
  }

  private transform(ratio: number, left: number, top: number): Transform {
    const { width, height } = this.size;
    const box: Box = { left, top, width: width * ratio, height: height * ratio };
    return makeTransform(box, this.xRange, this.yRange, this.xScale, this.yScale);
  }

  /** A pen on the emptied overlay. */
  private overlayPen(): Pen | null {
    const context = this.overlay.getContext("2d");
    if (!context) return null;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(this.size.width * ratio), Math.round(this.size.height * ratio)];
    if (this.overlay.width === width && this.overlay.height === height) context.clearRect(0, 0, width, height);
    else {
      this.overlay.width = width;
      this.overlay.height = height;
    }
    return { context, ratio, transform: this.transform(ratio, 0, 0) };
  }
}

function scalesOf({ lines, axis, xKind, yKind }: Scene): [Scale, Scale] {
  const x = makeScale(axis === "wall" ? "linear" : xKind);
  return [x, makeScale(yKind, yKind === "symlog" ? symlogThreshold(lines.map((line) => line.y)) : 1)];
}

const chosenOn = (kind: ScaleKind, range: Range | null | undefined): Range | null =>
  range?.every((end) => hasPlace(kind, end)) ? range : null;

/** A single x on a logarithmic axis may have got room below zero. */
const padLog = ([low, high]: Range, scale: Scale): Range =>
  scale.kind === "log" && low <= 0 ? [high / 10, high * 10] : [low, high];
