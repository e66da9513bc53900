/**
 * A graph on the screen: two canvases, one for the scene, one above it for what is pointed at and chosen, and the pointer's
 * gestures. It knows the scene and the camera; what a click means is for who made it.
 */

import { prepare } from "../../draw/canvas";
import type { Box, Edge } from "../../graphs/scene";
import type { Size } from "../../ui/use";
import { type Camera, fitTo, held, type Point, panBy, type Rect, seenBy, toScene, zoomAt } from "./camera";
import { follow, type Gestures } from "./gestures";
import type { BoxPalette } from "./look";
import { HEAD, LEAST_SIGNED, paintEdge, paintEdgeLabel, paintScene, SIGN_REACH, signOf } from "./paint";
import type { SceneIndex } from "./scene_index";
import { CanvasShapePen } from "./shape_pen";
import { Tiles } from "./tiles";

export interface GraphHandlers {
  onSelect(box: Box | null): void;
  /** `at` is where in the scene. */
  onToggle(box: Box, at: Point): void;
  onMenu(box: Box | null, clientX: number, clientY: number): void;
  /** The camera moved, or what is drawn changed. */
  onDrawn(): void;
}

/** Milliseconds of a frame that go into drawing squares; the rest is for copying them, and for the browser. */
const WORK_MS = 7;
/** While a wheel turns, squares of zooms that are gone at once are not begun. */
const SETTLE_MS = 110;
/** How long the view takes to get to where it is sent, and what was seen before to fade away. */
const GLIDE_MS = 220;
const FADE_MS = 160;
const LONGEST_TITLE = 300;

/** Whether somebody wants nothing to move that need not. */
const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class GraphView implements Gestures {
  camera: Camera = { x: 0, y: 0, zoom: 1 };
  index: SceneIndex | null = null;
  /** How many frames were drawn, and how many of them showed something not yet sharp. */
  readonly frames = { drawn: 0, unsharp: 0 };
  private palette: BoxPalette | null = null;
  private tiles: Tiles | null = null;
  private size: Size = { width: 0, height: 0 };
  private hovered: Box | null = null;
  private selected: Box | null = null;
  private zoomedAt = Number.NEGATIVE_INFINITY;
  private isDirty = false;
  private frame = 0;
  /** What was seen before the scene changed, while that fades away. */
  private ghost: { canvas: HTMLCanvasElement; begun: number } | null = null;
  private glide: { from: Camera; to: Camera; begun: number } | null = null;
  private readonly stop: () => void;

  constructor(
    private readonly below: HTMLCanvasElement,
    private readonly above: HTMLCanvasElement,
    private readonly handlers: GraphHandlers,
  ) {
    this.stop = follow(above, this);
  }

  close(): void {
    this.stop();
    cancelAnimationFrame(this.frame);
  }

  resize(size: Size): void {
    if (size.width === this.size.width && size.height === this.size.height) return;
    const wasWhole = this.index !== null && this.seesAll();
    this.size = size;
    // Who saw all of it, sees all of it still.
    if (wasWhole && this.index && !this.seesAll()) {
      const { width, height } = this.index.scene;
      this.glide = null;
      this.camera = fitTo({ x: 0, y: 0, width, height }, this.viewSize, this.camera.zoom);
    }
    this.touch();
  }

  /** What of the view nothing lies over. */
  get viewSize(): Size {
    const side = this.above.closest(".graph-body")?.querySelector(".graph-side");
    const covered = side ? this.above.getBoundingClientRect().right - side.getBoundingClientRect().left : 0;
    return { width: Math.max(this.size.width / 2, this.size.width - Math.max(0, covered)), height: this.size.height };
  }

  private seesAll(): boolean {
    const { x, y, width, height } = this.seen;
    const scene = this.index?.scene;
    return scene !== undefined && x <= 0 && y <= 0 && x + width >= scene.width && y + height >= scene.height;
  }

  /** Show a scene, or the same one in other colours. */
  show(index: SceneIndex, palette: BoxPalette, camera: Camera): void {
    this.glide = null;
    this.keepGhost();
    this.index = index;
    this.palette = palette;
    this.camera = camera;
    this.hovered = this.hovered && (index.byId.get(this.hovered.id) ?? null);
    this.selected = this.selected && (index.byId.get(this.selected.id) ?? null);
    this.remake();
  }

  /** Draw with what colours are now. */
  recolor(palette: BoxPalette): void {
    if (palette === this.palette) return;
    this.palette = palette;
    if (this.index) this.remake();
  }

  select(box: Box | null): void {
    this.selected = box;
    this.touch();
  }

  /** Go there at once, or smoothly. */
  look(camera: Camera, smoothly = true): void {
    const wanted = this.index ? held(camera, this.index.scene, this.size) : camera;
    if (smoothly && !isStill()) {
      this.glide = { from: this.camera, to: wanted, begun: performance.now() };
    } else {
      this.glide = null;
      this.camera = wanted;
    }
    this.touch();
  }

  /** Where the camera will be once it has arrived. */
  get aim(): Camera {
    return this.glide?.to ?? this.camera;
  }

  zoomBy(factor: number): void {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    this.look(zoomAt(this.aim, middle, factor));
  }

  /** The small picture of the whole scene, once there is one. */
  get overview(): HTMLCanvasElement | null {
    return this.tiles?.overview ?? null;
  }

  get isSharp(): boolean {
    return !this.glide && !this.ghost && !this.isDirty && (this.tiles?.isWholeAt(this.camera, this.size) ?? false);
  }

  /** The box that the pointer is at. */
  get pointed(): Box | null {
    return this.hovered;
  }

  get seen(): Rect {
    return seenBy(this.camera, this.size);
  }

  // Gestures, in CSS pixels of the view.

  onPan(dx: number, dy: number): void {
    this.glide = null;
    this.moveTo(panBy(this.camera, dx, dy));
  }

  onZoom(at: Point, factor: number): void {
    this.glide = null;
    this.zoomedAt = performance.now();
    this.moveTo(zoomAt(this.camera, at, factor));
  }

  onHover(at: Point | null): void {
    const box = at && this.boxAt(at);
    this.above.style.cursor = box?.canExpand && at && this.isOnSign(box, at) ? "pointer" : "";
    // Pointing into an open box says nothing of it.
    const meant = box && (!box.isExpanded || (at && this.isOnHead(box, at))) ? box : null;
    if (meant === this.hovered) return;
    this.hovered = meant;
    // Names are cut where there is no room.
    this.above.title = meant ? meant.path.slice(0, LONGEST_TITLE) : "";
    this.touch();
  }

  onClick(at: Point): void {
    const box = this.boxAt(at);
    if (box?.canExpand && this.isOnSign(box, at)) this.handlers.onToggle(box, toScene(this.camera, at));
    else this.handlers.onSelect(box);
  }

  onDoubleClick(at: Point): void {
    const box = this.boxAt(at);
    if (box?.canExpand && !this.isOnSign(box, at)) this.handlers.onToggle(box, toScene(this.camera, at));
  }

  onMenu(at: Point, clientX: number, clientY: number): void {
    this.handlers.onMenu(this.boxAt(at), clientX, clientY);
  }

  private boxAt(at: Point): Box | null {
    const { x, y } = toScene(this.camera, at);
    return this.index?.boxAt(x, y) ?? null;
  }

  private isOnSign(box: Box, at: Point): boolean {
    const { x, y } = toScene(this.camera, at);
    const sign = signOf(box);
    // Where the sign is not drawn, it is not hit.
    if (Math.min(box.height, HEAD) * this.camera.zoom < LEAST_SIGNED) return false;
    return Math.abs(sign.x - x) <= SIGN_REACH && Math.abs(sign.y - y) <= SIGN_REACH;
  }

  private isOnHead(box: Box, at: Point): boolean {
    return toScene(this.camera, at).y <= box.y + HEAD;
  }

  private moveTo(camera: Camera): void {
    this.ghost = null;
    this.camera = this.index ? held(camera, this.index.scene, this.size) : camera;
    this.touch();
  }

  private keepGhost(): void {
    const { width, height } = this.below;
    if (!this.index || width === 0 || height === 0 || isStill()) return;
    const canvas = this.ghost?.canvas ?? document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d", { alpha: false })?.drawImage(this.below, 0, 0);
    this.ghost = { canvas, begun: performance.now() };
  }

  private drawGhost(context: CanvasRenderingContext2D, now: number): void {
    if (!this.ghost) return;
    const share = (now - this.ghost.begun) / FADE_MS;
    if (share >= 1) {
      this.ghost = null;
      return;
    }
    context.globalAlpha = 1 - Math.max(0, share);
    context.drawImage(this.ghost.canvas, 0, 0);
    context.globalAlpha = 1;
  }

  private remake(): void {
    const { index, palette } = this;
    if (!index || !palette) return;
    this.tiles = new Tiles(index.scene, palette.look.ground, devicePixelRatio || 1, (context, rect, zoom, isWhole) =>
      paintScene(new CanvasShapePen(context), { index, palette, zoom, isMute: isWhole }, rect),
    );
    // A scene that is small is there within its first frame.
    this.tiles.work(this.camera, this.size, performance.now() + 2 * WORK_MS, true);
    this.touch();
  }

  private touch(): void {
    this.isDirty = true;
    if (!this.frame) this.frame = requestAnimationFrame(this.draw);
  }

  private readonly draw = (now: number): void => {
    this.frame = 0;
    // Zoomed by the browser, or on another screen, squares are as sharp as that one.
    if (this.tiles && this.tiles.ratio !== (devicePixelRatio || 1)) this.remake();
    const { tiles, index } = this;
    if (!tiles || !index || this.size.width <= 0 || this.size.height <= 0) return;
    this.advance(now);
    const isSettled = now - this.zoomedAt > SETTLE_MS && !this.glide;
    const hasMore = tiles.work(this.camera, this.size, performance.now() + WORK_MS, isSettled);
    const surface = prepare(this.below, this.size.width, this.size.height);
    if (!surface) return;
    surface.context.setTransform(1, 0, 0, 1, 0, 0);
    tiles.draw(surface.context, this.camera, this.size);
    this.drawGhost(surface.context, now);
    this.drawAbove();
    this.frames.drawn += 1;
    if (!tiles.isWholeAt(this.camera, this.size)) this.frames.unsharp += 1;
    this.isDirty = false;
    this.handlers.onDrawn();
    if ((hasMore || this.glide || this.ghost) && !this.frame) this.frame = requestAnimationFrame(this.draw);
  };

  private advance(now: number): void {
    if (!this.glide) return;
    const { from, to, begun } = this.glide;
    const share = Math.min(1, Math.max(0, (now - begun) / GLIDE_MS));
    const eased = 1 - (1 - share) ** 3;
    const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
    // The point that both views share stays in its place while the zoom changes.
    const between = (a: number, b: number): number => {
      if (Math.abs(to.zoom - from.zoom) < 1e-6 * from.zoom) return a + (b - a) * eased;
      const fixed = (b * to.zoom - a * from.zoom) / (to.zoom - from.zoom);
      return fixed - ((fixed - a) * from.zoom) / zoom;
    };
    this.camera = share >= 1 ? to : { x: between(from.x, to.x), y: between(from.y, to.y), zoom };
    if (share >= 1) this.glide = null;
  }

  private drawAbove(): void {
    const surface = prepare(this.above, this.size.width, this.size.height);
    const { index, palette, camera } = this;
    if (!surface || !index || !palette || (!this.hovered && !this.selected)) return;
    const { context } = surface;
    const scale = camera.zoom * (devicePixelRatio || 1);
    context.setTransform(scale, 0, 0, scale, -Math.round(camera.x * scale), -Math.round(camera.y * scale));
    const pen = new CanvasShapePen(context);
    for (const box of new Set([this.selected, this.hovered])) {
      if (box) this.drawMarks(pen, box, box === this.selected);
    }
  }

  private drawMarks(pen: CanvasShapePen, box: Box, isSelected: boolean): void {
    const { index, palette, camera } = this;
    if (!index || !palette) return;
    const { look } = palette;
    const { zoom } = camera;
    const edges = index.edgesAt(box.id).slice(0, MOST_MARKED);
    for (const edge of edges) paintEdge(pen, edge, look.accent, zoom, 0.6);
    for (const edge of edges) {
      this.outline(pen, this.otherEnd(edge, box), 1.2, 0.7);
      if (zoom >= 0.5) paintEdgeLabel(pen, edge, { index, palette, zoom });
    }
    this.outline(pen, box, isSelected ? 2.5 : 1.5, 1);
  }

  private otherEnd(edge: Edge, box: Box): Box | undefined {
    return this.index?.byId.get(edge.from === box.id ? edge.to : edge.from);
  }

  private outline(pen: CanvasShapePen, box: Box | undefined, width: number, opacity: number): void {
    if (!box || !this.palette) return;
    const { zoom } = this.camera;
    const stroke = { color: this.palette.look.accent, width: width / Math.min(1, zoom), opacity };
    const radius = box.isExpanded ? 8 : box.kind === "op" ? box.height / 2 : 6;
    pen.box(box.x, box.y, box.width, box.height, radius, { stroke });
  }
}

/** Edges of one box that are marked: of more, the picture would say nothing. */
const MOST_MARKED = 400;
