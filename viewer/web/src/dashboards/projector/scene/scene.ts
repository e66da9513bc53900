/**
 * The points on the screen.
 *
 * Two canvases lie in a host: WebGL draws points and axes, a flat one above it labels, rings and the outline of a selection.
 * Nothing is drawn but when something has changed; what has, is drawn once a frame. All that WebGL holds is held here as
 * well, so that a context that was lost comes back as it was.
 */

import type { Size } from "../../../ui/use";
import {
  type CameraState,
  cameraAtFirst,
  type Dims,
  fittingDistance,
  isSameCamera,
  type Matrix,
  moved,
  turned,
  viewMatrix,
  zoomed,
} from "./camera";
import { Gestures, type Mode, type Place } from "./gestures";
import { placeLabels } from "./labels";
import { LineLayer } from "./line_layer";
import { DepthOrder } from "./order";
import { type AxisName, Overlay, type OverlayColors, type OverlayContent, paintOverlay, type Ring } from "./overlay";
import { AS_ALL, type Look, PointLayer, type Sheet, type Shot } from "./point_layer";
import { type Gl, NoWebGl, openGl } from "./program";
import { nothingProjected, type Projected, pointNear, pointsInBox, pointsInLoop, project } from "./project";
import { Thinning, thinned } from "./thinning";

export interface SceneColors extends OverlayColors {
  /** Behind the points, 0–1. */
  backgroundRgb: readonly [number, number, number];
  axisRgb: readonly [number, number, number];
}

export interface SceneData {
  /** x, y, z of each point, in a ball of radius 1. */
  places: Float32Array;
  dims: Dims;
  /** Names at the ends of x, y and z; empty: that axis is not shown. */
  axes: readonly [string, string, string];
  /** Whether points go from where they are to where they shall be, rather than jump. */
  glide: boolean;
}

/** What is marked and written. */
export interface Marks {
  /** Points with a ring. */
  rings: readonly number[];
  /** Whether rings and labels are of points that were chosen, or only of one that is pointed at. */
  pointed: number;
  /** Points whose label is written first. */
  labelled: ArrayLike<number>;
  /** Whether all others are written too, where there is room. */
  all: boolean;
  textOf: ((index: number) => string) | null;
}

export type SceneState = "drawn" | "lost" | "missing";

export interface SceneEvents {
  onPoint(index: number, place: Place): void;
  onPick(index: number, add: boolean): void;
  onCatch(indices: Int32Array, add: boolean): void;
  onCamera(camera: CameraState): void;
  onState(state: SceneState, why: string): void;
}

const GLIDE_MS = 450;
const REACH_PX = 10;
const MOST_LABELS = 160;
const MOST_TRIES = 4000;
/** Names of axes keep clear of the tools. */
const BELOW_TOOLS = 56;
const NO_MARKS: Marks = { rings: [], pointed: -1, labelled: [], all: false, textOf: null };

/** Pixels that a point is wide at first, of so many. */
export const discSize = (count: number): number => Math.min(11, Math.max(3, 21 * Math.max(1, count) ** -0.17));
export const spriteSize = (count: number): number => Math.min(44, Math.max(9, 150 * Math.max(1, count) ** -0.28));

export class Scene {
  readonly canvas = document.createElement("canvas");
  private readonly overlay = new Overlay(document.createElement("canvas"));
  private readonly gestures: Gestures;
  private readonly listening = new AbortController();
  private readonly sorting = new DepthOrder();
  private gl: Gl | null = null;
  private points: PointLayer | null = null;
  private lines: LineLayer | null = null;

  private width = 0;
  private height = 0;
  private data: SceneData = { places: new Float32Array(0), dims: 3, axes: ["", "", ""], glide: false };
  /** Where points are just now, on their way to `data.places`. */
  private shown = new Float32Array(0);
  private glide: { from: Float32Array; begun: number } | null = null;
  private look: Look = { colors: new Uint8Array(0), scales: new Uint8Array(0), front: null };
  private sheet: Sheet | null = null;
  private marks: Marks = NO_MARKS;
  private colors: SceneColors | null = null;
  private zoomBySize = 1;
  private outline: OverlayContent["outline"] = null;
  private projected: Projected | null = null;
  private frame = 0;
  private isAimed = false;
  private readonly thinning = new Thinning(() => this.invalidate());
  private placesAreNew = true;
  private lookIsNew = true;
  /** How many pictures were drawn, for who measures. */
  drawn = 0;
  camera: CameraState = cameraAtFirst(1, 1, 3);
  mode: Mode = "move";
  /** How many labels the last picture had. */
  labels = 0;

  constructor(
    host: HTMLElement,
    private readonly events: SceneEvents,
  ) {
    this.canvas.className = "scene-points";
    this.overlay.canvas.className = "scene-overlay";
    host.append(this.canvas, this.overlay.canvas);
    const { signal } = this.listening;
    this.canvas.addEventListener(
      "webglcontextlost",
      (event) => {
        event.preventDefault();
        this.gl = null;
        this.points = null;
        this.lines = null;
        events.onState("lost", "");
      },
      { signal },
    );
    this.canvas.addEventListener("webglcontextrestored", () => this.open(), { signal });
    this.gestures = new Gestures(host, {
      mode: () => this.mode,
      is3d: () => this.data.dims === 3,
      size: () => ({ width: this.width, height: this.height }),
      turn: (dx, dy) => this.aim(turned(this.camera, dx, dy, this.height)),
      move: (dx, dy) => this.aim(moved(this.camera, dx, dy, this.height, this.data.dims)),
      zoom: (factor, at) => {
        const [x, y] = [at.x - this.width / 2, at.y - this.height / 2];
        this.aim(zoomed(this.camera, factor, x, y, this.height, this.data.dims));
      },
      reset: () => this.reset(),
      point: (at) => this.events.onPoint(at ? this.at(at) : -1, at ?? { x: 0, y: 0 }),
      click: (at, add) => this.events.onPick(this.at(at), add),
      outline: (shape) => {
        this.outline = shape;
        this.invalidate();
      },
      catch: ({ kind, corners }, add) => this.events.onCatch(this.within(kind, corners), add),
    });
    this.open();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.thinning.close();
    this.gestures.close();
    this.listening.abort();
    this.gl?.getExtension("WEBGL_lose_context")?.loseContext();
    this.canvas.remove();
    this.overlay.canvas.remove();
  }

  /** Largest texture, in pixels; 0 where nothing can be drawn. */
  get largestTexture(): number {
    return this.gl ? Math.min(8192, this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE) as number) : 0;
  }

  /** Which share of the points the last picture had. */
  get share(): number {
    return this.thinning.keep;
  }

  /** Textures that points are drawn from; 0 while they are discs. */
  get textures(): number {
    return this.sheet?.pictures.length ?? 0;
  }

  resize(width: number, height: number): void {
    const wasFitting = this.isFitting();
    this.width = width;
    this.height = height;
    if (wasFitting) this.camera = { ...this.camera, distance: fittingDistance(width, height, this.data.dims) };
    this.changed();
  }

  show(data: SceneData): void {
    const wasFitting = this.isFitting();
    const goes = data.glide && !this.isCalm() && this.shown.length === data.places.length && this.shown.length > 0;
    if (data.dims !== this.data.dims && wasFitting) {
      this.camera = { ...this.camera, distance: fittingDistance(this.width, this.height, data.dims) };
    }
    this.data = data;
    this.glide = goes ? { from: this.shown.slice(), begun: performance.now() } : null;
    if (!goes) this.shown = data.places.slice();
    this.placesAreNew = true;
    this.changed();
  }

  paint(look: Look): void {
    this.look = look;
    this.lookIsNew = true;
    this.changed();
  }

  use(sheet: Sheet | null): void {
    this.sheet = sheet;
    this.points?.setSheet(sheet);
    this.changed();
  }

  mark(marks: Marks): void {
    this.marks = marks;
    this.invalidate();
  }

  color(colors: SceneColors): void {
    this.colors = colors;
    this.invalidate();
  }

  /** Points as large as usual times this. */
  magnify(factor: number): void {
    this.zoomBySize = factor;
    this.changed();
  }

  /** Look from elsewhere. */
  aim(camera: CameraState): void {
    if (isSameCamera(camera, this.camera)) return;
    this.camera = camera;
    this.isAimed = true;
    this.thinning.moved();
    this.changed();
    this.events.onCamera(camera);
  }

  reset(): void {
    this.aim(this.home());
  }

  isFitting(): boolean {
    if (this.width === 0) return !this.isAimed;
    const fit = fittingDistance(this.width, this.height, this.data.dims);
    return Math.abs(this.camera.distance - fit) < 1e-6 && this.camera.target.every((v) => v === 0);
  }

  /** From where all is in view. */
  home(): CameraState {
    return cameraAtFirst(this.width, this.height, this.data.dims);
  }

  isHome(): boolean {
    return isSameCamera(this.camera, this.home());
  }

  /** Where every point is on the screen. */
  spots(): Projected {
    if (!this.width) return nothingProjected;
    this.projected ??= project(this.shown, this.matrix(), this.width, this.height);
    return this.projected;
  }

  /** Whether a point is hidden. */
  isHidden(index: number): boolean {
    return this.look.front?.[index] === 2;
  }

  /** Half the size of a point on the screen. */
  radiusOf(index: number): number {
    const scale = (this.look.scales[index] ?? AS_ALL) / AS_ALL;
    const { size, least, most } = this.sizes(1);
    const depth = this.spots().depth[index] as number;
    return Math.max(least, Math.min(scale === 1 ? most : 2 * most, (scale * size) / depth)) / 2;
  }

  private radiusAt(depth: number): number {
    const { size, least, most } = this.sizes(1);
    return Math.max(least, Math.min(most, size / depth)) / 2;
  }

  /** The picture as it is, `scale` pixels a CSS pixel. */
  picture(scale: number): HTMLCanvasElement | null {
    if (!this.gl || !this.colors) return null;
    const [width, height] = [this.width, this.height];
    const out = document.createElement("canvas");
    const limit = this.gl.getParameter(this.gl.MAX_RENDERBUFFER_SIZE) as number;
    const ratio = Math.min(scale, limit / Math.max(width, height));
    out.width = Math.round(width * ratio);
    out.height = Math.round(height * ratio);
    const context = out.getContext("2d");
    if (!context) return null;
    context.fillStyle = this.colors.background;
    context.fillRect(0, 0, out.width, out.height);
    this.drawPoints(ratio);
    // Read before the browser takes the picture away.
    context.drawImage(this.canvas, 0, 0, out.width, out.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintOverlay(context, { ...this.content(), outline: null }, this.colors);
    this.changed();
    return out;
  }

  /** What a drawing of lines and letters needs besides the points. */
  drawing():
    | (Pick<OverlayContent, "labels" | "axes"> & Pick<SceneColors, "background" | "text" | "muted"> & Size)
    | null {
    if (!this.colors || !this.width) return null;
    const { labels, axes } = this.content();
    return { ...this.colors, width: this.width, height: this.height, labels, axes };
  }

  private open(): void {
    try {
      this.gl = openGl(this.canvas);
      this.points = new PointLayer(this.gl);
      this.lines = new LineLayer(this.gl);
    } catch (error) {
      if (!(error instanceof NoWebGl)) throw error;
      this.gl = null;
      this.events.onState("missing", error.message);
      return;
    }
    this.points.setSheet(this.sheet);
    this.placesAreNew = true;
    this.lookIsNew = true;
    this.events.onState("drawn", "");
    this.changed();
  }

  private changed(): void {
    this.projected = null;
    this.invalidate();
  }

  private invalidate(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.step();
    });
  }

  private step(): void {
    if (this.glide) this.glideOn(this.glide);
    if (!this.gl || this.gl.isContextLost() || !this.colors || !this.width || !this.height) return;
    this.thinning.frame(this.shown.length / 3);
    this.drawPoints(devicePixelRatio || 1, this.thinning.keep);
    this.overlay.draw(this.content(), this.colors, this.width, this.height);
    this.drawn++;
  }

  private glideOn({ from, begun }: { from: Float32Array; begun: number }): void {
    const share = Math.min(1, (performance.now() - begun) / GLIDE_MS);
    const eased = 1 - (1 - share) ** 3;
    const { places } = this.data;
    const { shown } = this;
    for (let i = 0; i < shown.length; i++) {
      const start = from[i] as number;
      const end = places[i] as number;
      // A point that was nowhere appears where it belongs.
      shown[i] = Number.isNaN(start) ? end : start + (end - start) * eased;
    }
    if (share >= 1) this.glide = null;
    this.placesAreNew = true;
    this.changed();
  }

  private matrix(): Matrix {
    return viewMatrix(this.camera, this.width, this.height, this.data.dims);
  }

  /** Sizes in pixels at `ratio` pixels a CSS pixel. `size` is divided by the depth. */
  private sizes(ratio: number): { size: number; least: number; most: number } {
    const { dims } = this.data;
    const count = this.shown.length / 3;
    const usual = (this.sheet ? spriteSize(count) : discSize(count)) * this.zoomBySize * ratio;
    const fit = fittingDistance(this.width, this.height, dims);
    // In 2D points grow a little as one goes nearer; in 3D as all things do, up to a limit.
    const size = dims === 2 ? usual * (fit / this.camera.distance) ** 0.35 : usual * fit;
    return { size, least: (this.sheet ? 4 : 2) * ratio, most: (this.sheet ? 160 : 26) * ratio * this.zoomBySize };
  }

  private drawPoints(ratio: number, keep = 1): void {
    const { gl, points, lines, colors, canvas } = this;
    if (!gl || !points || !lines || !colors) return;
    const [width, height] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const matrix = this.matrix();
    const ends = this.axisEnds();
    if (ends.length) lines.draw(ends, matrix, colors.axisRgb, 1);
    const count = this.shown.length / 3;
    if (!count || this.look.scales.length !== count) return;
    if (this.placesAreNew) points.setPlaces(this.shown);
    if (this.lookIsNew) points.setLook(this.look);
    this.placesAreNew = false;
    this.lookIsNew = false;
    const { distance } = this.camera;
    const isFlat = this.data.dims === 2;
    const shot: Shot = {
      ...{ matrix, order: thinned(this.sorting.sort(this.shown, matrix, this.look.front), keep), ...this.sizes(ratio) },
      fog: isFlat ? [0, 0] : [Math.max(0.1, distance - 0.9), distance + 1.1],
      hazing: isFlat ? 0 : 0.55,
      background: colors.backgroundRgb,
    };
    points.draw(shot);
  }

  private axisEnds(): Float32Array {
    const ends: number[] = [];
    this.data.axes.forEach((name, i) => {
      if (!name) return;
      for (const sign of [-1, 1]) ends.push(...[0, 1, 2].map((at) => (at === i ? sign : 0)));
    });
    return Float32Array.from(ends);
  }

  private content(): OverlayContent {
    return { rings: this.ringsNow(), labels: this.labelsNow(), axes: this.axisNames(), outline: this.outline };
  }

  private axisNames(): AxisName[] {
    const matrix = this.matrix();
    return this.data.axes.flatMap((text, i) => {
      if (!text) return [];
      const end = Float32Array.from([0, 1, 2].map((at) => (at === i ? 1 : 0)));
      const { x, y } = project(end, matrix, this.width, this.height);
      const room = this.overlay.widthOf(text);
      const left = Math.max(4, Math.min(this.width - room - 4, (x[0] as number) + 6));
      const top = Math.max(BELOW_TOOLS, Math.min(this.height - 10, (y[0] as number) - 8));
      return Number.isFinite(left + top) ? [{ text, x: left, y: top }] : [];
    });
  }

  private ringsNow(): Ring[] {
    const { x, y } = this.spots();
    const ring = (index: number, strong: boolean): Ring[] => {
      const radius = this.radiusOf(index);
      const spot = { x: x[index] as number, y: y[index] as number, radius, square: this.sheet !== null, strong };
      return spot.x >= 0 && spot.x <= this.width && spot.y >= 0 && spot.y <= this.height ? [spot] : [];
    };
    const { rings, pointed } = this.marks;
    return [
      ...rings.flatMap((index) => ring(index, true)),
      ...(pointed >= 0 && !rings.includes(pointed) ? ring(pointed, false) : []),
    ];
  }

  private labelsNow(): ReturnType<typeof placeLabels> {
    const { textOf, labelled, all, pointed } = this.marks;
    this.labels = 0;
    if (!textOf) return [];
    const { x, y } = this.spots();
    const at = (index: number): { x: number; y: number; beside: number } | null => {
      const spot = { x: x[index] as number, y: y[index] as number, beside: this.radiusOf(index) + 5 };
      const isOn = spot.x >= 0 && spot.x <= this.width && spot.y >= 0 && spot.y <= this.height;
      return isOn && index !== pointed && !this.isHidden(index) ? spot : null;
    };
    const { order } = this.sorting;
    function* candidates(): Generator<number> {
      for (let i = 0; i < Math.min(labelled.length, MOST_TRIES / 2); i++) yield labelled[i] as number;
      // The nearest are drawn last.
      if (all) for (let i = order.length - 1; i >= 0; i--) yield order[i] as number;
    }
    const room = { width: this.width, height: this.height };
    const limits = { most: MOST_LABELS, tries: MOST_TRIES };
    const placed = placeLabels(candidates(), at, textOf, this.overlay.widthOf, room, limits);
    this.labels = placed.length;
    return placed;
  }

  private at({ x, y }: Place): number {
    const found = pointNear(this.visible(), x, y, (depth) => this.radiusAt(depth), REACH_PX);
    return found;
  }

  private within(kind: "box" | "lasso", corners: readonly number[]): Int32Array {
    if (kind === "lasso") return pointsInLoop(this.visible(), corners);
    const [x0, y0, x1, y1] = corners as [number, number, number, number];
    const box = { left: Math.min(x0, x1), right: Math.max(x0, x1), top: Math.min(y0, y1), bottom: Math.max(y0, y1) };
    return pointsInBox(this.visible(), box);
  }

  /** As `spots`, without those that are hidden. */
  private visible(): Projected {
    const spots = this.spots();
    const { front } = this.look;
    if (!front?.includes(2)) return spots;
    return { ...spots, x: spots.x.map((x, i) => (front[i] === 2 ? Number.NaN : x)) };
  }

  private isCalm(): boolean {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }
}
