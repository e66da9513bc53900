/**
 * Points in many dimensions, and what is made of them. All that takes long runs in workers.
 *
 * `load.ts` has `listEmbeddings()` and `loadEmbedding(info)`, `tsv.ts` `parseTsv(vectors, metadata?)`, `pca.ts`
 * `pca(points, components)`, `tsne.ts` `tsne(points, options, onStep)`, `umap.ts` `umap(points, options, onStep)`,
 * `nearest.ts` `nearest(points, index, k, metric)`, `axes.ts` `customAxes(points, table, options)`, `normalise.ts`
 * `normalise(points, options)` and `sprite.ts` `loadSprite(address, size)`.
 */

/** One embedding that the log names. */
export interface EmbeddingInfo {
  /** The directory that names it, as runs are named: "." is the log's own. */
  run: string;
  /** As logged; torch's writer puts tag and step in it: `default:00012`. */
  name: string;
  tag: string;
  /** Null if the name says none. */
  step: number | null;
  /** Points and dimensions; null if that is not known before it is read. */
  shape: readonly [number, number] | null;
  hasMetadata: boolean;
  /** Whether there are views that somebody kept. */
  hasBookmarks: boolean;
  /** Size of a point's picture in pixels; null if points have none. */
  sprite: { width: number; height: number } | null;
  /** Why it cannot be shown; null if it can, as far as is known before it is read. */
  problem: string | null;
}

/** What is known of each point: columns as long as there are points. */
export interface Table {
  names: readonly string[];
  columns: readonly (readonly string[])[];
  /** Whether all that is said in a column are numbers. */
  numeric: readonly boolean[];
}

export interface Points {
  count: number;
  /** How many there are in the file, of which `count` were taken. */
  total: number;
  dims: number;
  /** A row for each point, one after the other; all finite. */
  values: Float32Array;
  /** The row in the file of each point; null if they are all that there are. */
  rows: Int32Array | null;
}

export interface Loaded {
  points: Points;
  table: Table | null;
  /** What a person should know: how many points were left out, and why. */
  notes: readonly string[];
  /** Address of the pictures of points, relative to the page, to be asked for through `api/client`; see `sprite.ts`. */
  sprite: string | null;
}

/** A picture of the points before they are here: their first three principal components. */
export interface FirstPicture {
  count: number;
  total: number;
  dims: number;
  /** x, y, z of each point; components that there are not are 0. */
  coords: Float32Array;
  /** Share of the variance of each component. */
  shares: readonly number[];
  rows: Int32Array | null;
}

export interface Loading {
  /** Rejects as `whole` does. */
  first: Promise<FirstPicture>;
  whole: Promise<Loaded>;
}

export interface Pca {
  /** `components` numbers for each point, one after the other. */
  coords: Float32Array;
  components: number;
  /** Share of the variance of each component. */
  shares: readonly number[];
  /** Of all components that are given. */
  totalShare: number;
  /** If the components are of a sample of the points. */
  note: string | null;
}

/** Points of one code are drawn together, those of different codes apart. */
export interface Supervision {
  /** Of each point; negative: not known. */
  codes: Int32Array;
  /** From 0, no influence, to 1. */
  weight: number;
}

export interface TsneOptions {
  dims: 2 | 3;
  perplexity: number;
  learningRate: number | "auto";
  supervise: Supervision | null;
  seed: number;
}

export interface UmapOptions {
  dims: 2 | 3;
  neighbours: number;
  minDist: number;
  /** Null: as many as suit the number of points. */
  epochs: number | null;
  supervise: Supervision | null;
  seed: number;
}

/** Told how far a layout is: `dims` numbers for each point that is laid out, and what it is doing if it does not move yet. */
export type OnStep = (iteration: number, coords: Float32Array, note: string | null) => void;

/** A layout under way. */
export interface Run {
  /** How many iterations are done. */
  readonly iteration: number;
  /** Which points are laid out, as indices into the points given: an even sample where there are too many; null: all. */
  readonly rows: Int32Array | null;
  /** Whether it waits for `resume`. */
  readonly isPaused: boolean;
  /** Takes hold at once, whatever is under way. */
  pause(): void;
  resume(): void;
  /** Move all points a little, at random, and go on. */
  perturb(): void;
  /** End for good; `done` resolves. */
  stop(): void;
  /** Resolves when it was stopped or has nothing more to do; rejects if it failed, with the reason in words. */
  done: Promise<void>;
}

export type Metric = "cosine" | "euclidean";

/** Nearest first, without the point itself. */
export interface Neighbours {
  index: Int32Array;
  distance: Float32Array;
}

/** What points an end of an axis stands for: those whose text in a column has `text`, or matches it as a pattern. */
export interface AxisEnd {
  text: string;
  isRegex: boolean;
  column: number;
}

/** An axis leads from the middle of the points of one end to that of the other; an end without a text is the middle of all. */
export interface AxesOptions {
  left: AxisEnd;
  right: AxisEnd;
  up: AxisEnd;
  down: AxisEnd;
}

/** How many points each end stands for: left, right, up, down. */
export type Matched = readonly [number, number, number, number];

export type AxesResult = { coords: Float32Array; matched: Matched } | { error: string };

export interface NormaliseOptions {
  /** Move the middle of the points to the origin. */
  centre: boolean;
  /** Make each point's distance from the origin 1. */
  unit: boolean;
}

/** What was wrong with a file: its message says line and column. */
export class FileError extends Error {
  override readonly name = "FileError";
}
