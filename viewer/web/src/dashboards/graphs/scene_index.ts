/** What of a scene lies where: a grid over its boxes and edges, so that a view costs what it shows. */

import type { Box, Direction, Edge, Scene } from "../../graphs/scene";
import type { Rect } from "./camera";

/** What lies in more cells than this is looked at for every question. */
const MANY_CELLS = 64;
const LEAST_CELL = 96;
const MOST_CELLS = 40_000;

/** Rectangles by their numbers, found by place. */
class Grid {
  private readonly cells: (number[] | undefined)[];
  private readonly large: number[] = [];
  private readonly seen: Uint32Array;
  private round = 0;
  private readonly across: number;
  private readonly down: number;
  private readonly side: number;

  constructor(
    private readonly rects: readonly Rect[],
    width: number,
    height: number,
  ) {
    this.side = Math.max(LEAST_CELL, Math.sqrt((Math.max(1, width) * Math.max(1, height)) / MOST_CELLS));
    this.across = Math.ceil(width / this.side) + 1;
    this.down = Math.ceil(height / this.side) + 1;
    this.cells = new Array(this.across * this.down);
    this.seen = new Uint32Array(rects.length);
    rects.forEach((rect, number) => {
      const { left, right, top, bottom } = this.range(rect);
      if ((right - left + 1) * (bottom - top + 1) > MANY_CELLS) {
        this.large.push(number);
        return;
      }
      this.each(rect, (cell) => {
        const list = this.cells[cell];
        if (list) list.push(number);
        else this.cells[cell] = [number];
      });
    });
  }

  /** Numbers of what meets `rect`, in ascending order. */
  within(rect: Rect): number[] {
    const found: number[] = [];
    const round = ++this.round;
    const take = (number: number): void => {
      if (this.seen[number] === round) return;
      this.seen[number] = round;
      if (meets(this.rects[number] as Rect, rect)) found.push(number);
    };
    this.large.forEach(take);
    this.each(rect, (cell) => this.cells[cell]?.forEach(take));
    return found.sort((a, b) => a - b);
  }

  private each(rect: Rect, visit: (cell: number) => void): void {
    const { left, right, top, bottom } = this.range(rect);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) visit(row * this.across + column);
    }
  }

  private range(rect: Rect): { left: number; right: number; top: number; bottom: number } {
    const column = (x: number): number => Math.min(this.across - 1, Math.max(0, Math.floor(x / this.side)));
    const row = (y: number): number => Math.min(this.down - 1, Math.max(0, Math.floor(y / this.side)));
    return {
      left: column(rect.x),
      right: column(rect.x + rect.width),
      top: row(rect.y),
      bottom: row(rect.y + rect.height),
    };
  }
}

const meets = (a: Rect, b: Rect): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** How wide a letter of a label and a whole one may be, in units of the scene. */
const LABEL_LETTER = 10;
const MOST_LABEL = 240;

/** The rectangle around an edge's points, with some room for its line and its label. */
function around({ points, label }: Edge): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e9, -1e9];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right < left) return { x: 0, y: 0, width: 0, height: 0 };
  const beside = 8 + Math.min(label.length * LABEL_LETTER, MOST_LABEL) / 2;
  return { x: left - beside, y: top - 8, width: right - left + 2 * beside, height: bottom - top + 16 };
}

const BUCKET = 256;

/** Places that are taken, one after another. */
class Taken {
  private readonly buckets = new Map<string, Rect[]>();

  /** Take a place; false if another that was taken meets it. */
  take(rect: Rect): boolean {
    const keys = this.keys(rect);
    if (keys.some((key) => this.buckets.get(key)?.some((other) => meets(other, rect)))) return false;
    for (const key of keys) {
      const list = this.buckets.get(key);
      if (list) list.push(rect);
      else this.buckets.set(key, [rect]);
    }
    return true;
  }

  private keys({ x, y, width, height }: Rect): string[] {
    const at = (value: number): number => Math.floor(value / BUCKET);
    const columns = new Set([at(x), at(x + width)]);
    const rows = new Set([at(y), at(y + height)]);
    return [...columns].flatMap((column) => [...rows].map((row) => `${column} ${row}`));
  }
}

export class SceneIndex {
  readonly byId: ReadonlyMap<number, Box>;
  readonly byPath: ReadonlyMap<string, Box>;
  /** Where labels of edges are already. */
  readonly labels = new Taken();
  /** Numbers of the edges of each box, by its id. */
  private readonly edgesOf = new Map<number, number[]>();
  private holders: Map<string, Box> | undefined;
  private readonly boxGrid: Grid;
  private readonly edgeGrid: Grid;

  constructor(
    readonly scene: Scene,
    readonly direction: Direction = "down",
  ) {
    const { boxes, edges, width, height } = scene;
    this.byId = new Map(boxes.map((box) => [box.id, box]));
    this.byPath = new Map(boxes.map((box) => [box.path, box]));
    this.boxGrid = new Grid(boxes, width, height);
    this.edgeGrid = new Grid(edges.map(around), width, height);
    edges.forEach(({ from, to }, number) => {
      for (const id of new Set([from, to])) {
        const list = this.edgesOf.get(id);
        if (list) list.push(number);
        else this.edgesOf.set(id, [number]);
      }
    });
  }

  /** The box of a path, or the one that it is folded onto. */
  boxFor(path: string): Box | null {
    const own = this.byPath.get(path);
    if (own || !path) return own ?? null;
    this.holders ??= new Map(
      this.scene.boxes.flatMap((box) => box.attachments.map((attached) => [attached.path, box] as const)),
    );
    return this.holders.get(path) ?? null;
  }

  /** Boxes that meet `rect`, outer ones first. */
  boxesIn(rect: Rect): Box[] {
    return this.boxGrid.within(rect).map((number) => this.scene.boxes[number] as Box);
  }

  edgesIn(rect: Rect): Edge[] {
    return this.edgeGrid.within(rect).map((number) => this.scene.edges[number] as Edge);
  }

  /** Edges that begin or end at a box. */
  edgesAt(id: number): Edge[] {
    return (this.edgesOf.get(id) ?? []).map((number) => this.scene.edges[number] as Edge);
  }

  /** The innermost box at a place. */
  boxAt(x: number, y: number): Box | null {
    return this.boxesIn({ x, y, width: 0, height: 0 }).at(-1) ?? null;
  }
}
