/**
 * The lines of a chart, on a canvas above its axes.
 *
 * While the chart is panned the canvas is wider than the plot and is only moved. Lines of very many runs are kept on a few
 * canvases of some runs each: if a run comes or goes, one of them is drawn anew and all are put together.
 */

import { paintBand } from "./band";
import type { Line } from "./line";
import { type Pen, paintLines, pointsOf } from "./paint";
import { paintOld, paintRestarts } from "./restarts";
import type { Box, Transform } from "./transform";

/** Lines at the frame are not cut in half; as in scalars.css. */
const BLEED = 3;
const CHUNKS = 8;
/** From so many lines on they are kept in chunks. */
const FEWEST_IN_CHUNKS = 128;
/** Canvases of more pixels than this are not kept several times. */
const MOST_CHUNK_PIXELS = 700_000;

interface Chunk {
  canvas: HTMLCanvasElement;
  lines: Line[];
  /** What is on the canvas; undefined: nothing of use. */
  drawn: { lines: Line[]; place: string } | undefined;
}

export interface Place {
  /** The plot, in CSS pixels. */
  width: number;
  height: number;
  /** How much more than the plot is drawn, to the left and right and above and below. */
  margin: { x: number; y: number };
  ratio: number;
  /** From values to pixels of a box on the canvas. */
  transform(box: Box): Transform;
  /** Says what the transform depends on. */
  key: string;
}

export class LineLayer {
  readonly element = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private chunks: Chunk[] = [];
  private readonly chunkOf = new Map<string, Chunk>();

  constructor() {
    this.element.className = "chart-layer";
    this.element.append(this.canvas);
  }

  draw(lines: readonly Line[], place: Place): void {
    const { width, height, margin, ratio } = place;
    const left = margin.x + BLEED;
    const full = { width: width + 2 * left, height: height + 2 * margin.y };
    const size = { width: Math.round(full.width * ratio), height: Math.round(full.height * ratio) };
    const { style } = this.canvas;
    style.left = `${-margin.x}px`;
    style.top = `${-margin.y}px`;
    style.width = `${full.width}px`;
    style.height = `${full.height}px`;
    style.transform = "";
    const context = emptied(this.canvas, size);
    if (!context || !size.width || !size.height) return;
    const box = { left: left * ratio, top: margin.y * ratio, width: width * ratio, height: height * ratio };
    const transform = place.transform(box);
    const pen: Pen = { context, ratio, transform };
    for (const line of lines) {
      paintBand(pen, line);
      paintOld(pen, line);
    }
    this.paint(pen, lines, place.key);
    for (const line of lines) paintRestarts(pen, line);
  }

  private paint(pen: Pen, lines: readonly Line[], place: string): void {
    const { context, ratio, transform } = pen;
    const { width, height } = context.canvas;
    if (lines.length < FEWEST_IN_CHUNKS || width * height > MOST_CHUNK_PIXELS) {
      this.chunks = [];
      this.chunkOf.clear();
      paintLines(pen, lines);
      return;
    }
    const key = `${width} ${height} ${place}`;
    const points = pointsOf(lines);
    for (const chunk of this.divide(lines)) {
      if (chunk.drawn?.place !== key || !areSame(chunk.drawn.lines, chunk.lines)) {
        const own = emptied(chunk.canvas, { width, height });
        if (own) paintLines({ context: own, ratio, transform }, chunk.lines, points, lines.length);
        chunk.drawn = { lines: chunk.lines, place: key };
      }
      context.drawImage(chunk.canvas, 0, 0);
    }
  }

  /** Move what is drawn by so many CSS pixels. */
  slide(right: number, down: number): void {
    this.canvas.style.transform = `translate(${right}px, ${down}px)`;
  }

  /** The lines by chunk: a run stays in the chunk that it once was put in. */
  private divide(lines: readonly Line[]): readonly Chunk[] {
    if (!this.chunks.length) {
      const make = (): Chunk => ({ canvas: document.createElement("canvas"), lines: [], drawn: undefined });
      this.chunks = Array.from({ length: CHUNKS }, make);
    }
    for (const chunk of this.chunks) chunk.lines = [];
    lines.forEach((line, index) => {
      let chunk = this.chunkOf.get(line.key);
      if (!chunk) {
        chunk = this.chunks[Math.floor((index / lines.length) * CHUNKS)] as Chunk;
        this.chunkOf.set(line.key, chunk);
      }
      chunk.lines.push(line);
    });
    return this.chunks;
  }
}

/** Lines are made anew all the time; what they draw is the same if these are. */
const isSame = (a: Line, b: Line): boolean =>
  a.y === b.y && a.x === b.x && a.raw === b.raw && a.band === b.band && a.color === b.color && a.dash === b.dash;

const areSame = (a: readonly Line[], b: readonly Line[]): boolean =>
  a.length === b.length && a.every((line, index) => isSame(line, b[index] as Line));

function emptied(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
): CanvasRenderingContext2D | null {
  const context = canvas.getContext("2d");
  if (canvas.width === width && canvas.height === height) context?.clearRect(0, 0, width, height);
  else {
    canvas.width = width;
    canvas.height = height;
  }
  return context;
}
