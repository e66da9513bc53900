/**
 * A scene as squares of picture, each drawn once for a zoom and then only copied: dragging costs the same whatever is seen.
 *
 * Squares are drawn in small pieces between frames. Until one is done, the place shows the last zoom's squares enlarged,
 * and below them a small picture of the whole scene, which is there soon after the scene is.
 */

import type { Size } from "../../ui/use";
import type { Camera, Rect } from "./camera";

/** Draws what lies in `rect` of the scene, pause after pause; the context takes units of the scene. */
export type PaintPart = (
  context: CanvasRenderingContext2D,
  rect: Rect,
  zoom: number,
  isWhole: boolean,
) => Generator<void>;

/** Pixels of the screen. */
const SIDE = 384;
const LEAST_KEPT = 48;
const WHOLE_SIDE = 1024;

interface Tile {
  canvas: HTMLCanvasElement;
  isDone: boolean;
  work: Generator<void> | null;
  usedAt: number;
}

/** The squares of one zoom. */
class Layer {
  readonly tiles = new Map<string, Tile>();

  constructor(readonly zoom: number) {}
}

interface Span {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Tiles {
  private current: Layer | null = null;
  private before: Layer | null = null;
  private whole: { canvas: HTMLCanvasElement; scale: number; work: Generator<void> | null } | null = null;
  private readonly spare: HTMLCanvasElement[] = [];
  private clock = 0;

  constructor(
    private readonly scene: Size,
    private readonly ground: string,
    /** Pixels of the screen for one of CSS. */
    readonly ratio: number,
    private readonly paint: PaintPart,
  ) {}

  /** The small picture of the whole scene; null before there is one. */
  get overview(): HTMLCanvasElement | null {
    return this.whole && !this.whole.work ? this.whole.canvas : null;
  }

  /** Copy what is there into the context, whose units are pixels of the screen. */
  draw(context: CanvasRenderingContext2D, camera: Camera, size: Size): void {
    const { ratio } = this;
    const scale = camera.zoom * ratio;
    const [originX, originY] = [Math.round(camera.x * scale), Math.round(camera.y * scale)];
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    context.fillStyle = this.ground;
    if (!this.isWholeAt(camera, size)) {
      context.fillRect(0, 0, width, height);
      this.drawWhole(context, scale, originX, originY);
      this.drawScaled(context, this.before, scale, originX, originY, width, height);
    }
    const layer = this.current;
    if (!layer) return;
    if (layer.zoom !== camera.zoom) {
      this.drawScaled(context, layer, scale, originX, originY, width, height);
      return;
    }
    this.clock += 1;
    this.each(camera, size, 0, (column, row) => {
      const tile = layer.tiles.get(`${column} ${row}`);
      if (!tile?.isDone) return;
      tile.usedAt = this.clock;
      context.drawImage(tile.canvas, column * SIDE - originX, row * SIDE - originY);
    });
  }

  /** Whether all that is seen is drawn as sharp as it can be. */
  isWholeAt(camera: Camera, size: Size): boolean {
    const layer = this.current;
    if (layer?.zoom !== camera.zoom) return false;
    let whole = true;
    this.each(camera, size, 0, (column, row) => {
      whole &&= layer.tiles.get(`${column} ${row}`)?.isDone ?? false;
    });
    return whole;
  }

  /** Draw more until `deadline` (of `performance.now`); true if there is still more to do. `canSharpen`: at this zoom. */
  work(camera: Camera, size: Size, deadline: number, canSharpen: boolean): boolean {
    if (!this.whole) this.beginWhole();
    if (this.whole?.work) {
      if (!this.run(this.whole.work, deadline)) return true;
      this.whole.work = null;
    }
    if (!canSharpen) return true;
    if (this.current?.zoom !== camera.zoom) this.beginLayer(camera);
    // What is seen first, from the middle on; then what lies just around it.
    for (const margin of [0, 1]) {
      for (const { column, row } of this.wanted(camera, size, margin)) {
        const tile = this.tile(column, row, camera);
        if (tile.work && !this.run(tile.work, deadline)) return true;
        tile.work = null;
        tile.isDone = true;
        if (performance.now() >= deadline) return true;
      }
      if (margin === 0) this.dropBefore();
    }
    return false;
  }

  private run(work: Generator<void>, deadline: number): boolean {
    do {
      if (work.next().done) return true;
    } while (performance.now() < deadline);
    return false;
  }

  private beginWhole(): void {
    const { width, height } = this.scene;
    const scale = Math.min(1, WHOLE_SIDE / Math.max(width, height, 1));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.ceil(width * scale));
    canvas.height = Math.max(1, Math.ceil(height * scale));
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) return;
    context.fillStyle = this.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.whole = { canvas, scale, work: this.paint(context, { x: 0, y: 0, width, height }, scale, true) };
  }

  private beginLayer(camera: Camera): void {
    const worthKeeping = this.current && [...this.current.tiles.values()].some(({ isDone }) => isDone);
    if (worthKeeping || !this.before) {
      this.dropBefore();
      this.before = this.current;
    } else if (this.current) {
      this.recycle(this.current);
    }
    this.current = new Layer(camera.zoom);
  }

  private dropBefore(): void {
    if (this.before) this.recycle(this.before);
    this.before = null;
  }

  private recycle(layer: Layer): void {
    for (const { canvas } of layer.tiles.values()) if (this.spare.length < LEAST_KEPT) this.spare.push(canvas);
    layer.tiles.clear();
  }

  private tile(column: number, row: number, camera: Camera): Tile {
    const layer = this.current as Layer;
    const key = `${column} ${row}`;
    const known = layer.tiles.get(key);
    if (known) return known;
    this.makeRoom(layer);
    const canvas = this.spare.pop() ?? document.createElement("canvas");
    if (canvas.width !== SIDE || canvas.height !== SIDE) [canvas.width, canvas.height] = [SIDE, SIDE];
    const context = canvas.getContext("2d", { alpha: false });
    const scale = camera.zoom * this.ratio;
    const made: Tile = { canvas, isDone: false, work: null, usedAt: this.clock };
    if (context) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = this.ground;
      context.fillRect(0, 0, SIDE, SIDE);
      context.setTransform(scale, 0, 0, scale, -column * SIDE, -row * SIDE);
      const side = SIDE / scale;
      made.work = this.paint(
        context,
        { x: column * side, y: row * side, width: side, height: side },
        camera.zoom,
        false,
      );
    }
    layer.tiles.set(key, made);
    return made;
  }

  /** The square that was longest not seen makes room, once there are many. */
  private makeRoom(layer: Layer): void {
    if (layer.tiles.size < this.mostKept) return;
    let oldest: [string, Tile] | undefined;
    for (const entry of layer.tiles) if (!oldest || entry[1].usedAt < oldest[1].usedAt) oldest = entry;
    if (!oldest) return;
    layer.tiles.delete(oldest[0]);
    this.spare.push(oldest[1].canvas);
  }

  private mostKept = LEAST_KEPT;

  private wanted(camera: Camera, size: Size, margin: number): { column: number; row: number }[] {
    const found: { column: number; row: number; away: number }[] = [];
    const { left, right, top, bottom } = this.span(camera, size, margin);
    const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
    this.each(camera, size, margin, (column, row) => {
      if (this.current?.tiles.get(`${column} ${row}`)?.isDone) return;
      found.push({ column, row, away: Math.hypot(column - middleX, row - middleY) });
    });
    this.mostKept = Math.max(LEAST_KEPT, 2 * (right - left + 1) * (bottom - top + 1));
    return found.sort((a, b) => a.away - b.away);
  }

  private each(camera: Camera, size: Size, margin: number, visit: (column: number, row: number) => void): void {
    const { left, right, top, bottom } = this.span(camera, size, margin);
    for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) visit(column, row);
  }

  /** Squares that are seen and lie in the scene. */
  private span(camera: Camera, size: Size, margin: number): Span {
    const scale = camera.zoom * this.ratio;
    const [x, y] = [Math.round(camera.x * scale), Math.round(camera.y * scale)];
    const [width, height] = [Math.round(size.width * this.ratio), Math.round(size.height * this.ratio)];
    return {
      left: Math.floor(x / SIDE) - margin,
      top: Math.floor(y / SIDE) - margin,
      right: Math.floor((x + width - 1) / SIDE) + margin,
      bottom: Math.floor((y + height - 1) / SIDE) + margin,
    };
  }

  private drawWhole(context: CanvasRenderingContext2D, scale: number, originX: number, originY: number): void {
    if (!this.whole) return;
    const { canvas, scale: own } = this.whole;
    const by = scale / own;
    context.drawImage(canvas, -originX, -originY, canvas.width * by, canvas.height * by);
  }

  private drawScaled(
    context: CanvasRenderingContext2D,
    layer: Layer | null,
    scale: number,
    originX: number,
    originY: number,
    width: number,
    height: number,
  ): void {
    if (!layer) return;
    const side = (SIDE * scale) / (layer.zoom * this.ratio);
    for (const [key, tile] of layer.tiles) {
      if (!tile.isDone) continue;
      const [column = 0, row = 0] = key.split(" ").map(Number);
      const [x, y] = [Math.round(column * side) - originX, Math.round(row * side) - originY];
      const [right, bottom] = [Math.round((column + 1) * side) - originX, Math.round((row + 1) * side) - originY];
      if (right < 0 || bottom < 0 || x > width || y > height) continue;
      context.drawImage(tile.canvas, x, y, right - x, bottom - y);
    }
  }
}
