/**
 * t-SNE: points that are neighbours in many dimensions are neighbours in few.
 *
 * Sources: van der Maaten and Hinton, Visualizing data using t-SNE, 2008; van der Maaten, Accelerating t-SNE using
 * tree-based algorithms, 2014; Belkina and others, Automated optimized parameters for t-SNE, 2019 (the learning rate).
 * Schedule and defaults are scikit-learn's, so that layouts look as people expect.
 */

import { CellTree } from "./cells";
import { type Layout, type Progress, principalStart, shake } from "./layout";
import type { Neighbourhoods } from "./neighbour_lists";
import { findNeighbourhoods } from "./neighbourhoods";
import type { Matrix } from "./principal";
import { combine, mapped, type Sparse, sparseOf, transpose } from "./sparse";
import { tieFactor } from "./supervise";
import type { TsneOptions } from "./types";

/** At first neighbours attract each other so much more, that groups form before they spread. */
const EXAGGERATION = 12;
const EXAGGERATED = 250;
const ITERATIONS = 1000;
/** Each time that somebody wants to go on. */
const MORE_ITERATIONS = 500;
const ANGLE = 0.5;
const START_SPREAD = 1e-4;
const LEAST_GAIN = 0.01;
const LEAST_RATE = 50;
/** Neighbours looked at for each that the perplexity counts. */
const NEIGHBOURS = 3;
const SEARCH_STEPS = 100;
const PRECISION = 1e-5;
const SLICE = 256;
const SHAKEN = 0.05;

export class TsneLayout implements Layout {
  coords: Float64Array;
  private ties: Sparse | null = null;
  private iteration = 0;
  private readonly tree: CellTree;
  private readonly speed: Float64Array;
  private readonly gain: Float64Array;
  private readonly pull: Float64Array;
  private readonly push: Float64Array;
  private shakes = 0;

  constructor(
    private readonly points: Matrix,
    private readonly options: TsneOptions,
  ) {
    const size = points.count * options.dims;
    this.coords = new Float64Array(size);
    this.tree = new CellTree(options.dims);
    this.speed = new Float64Array(size);
    this.gain = new Float64Array(size).fill(1);
    this.pull = new Float64Array(size);
    this.push = new Float64Array(size);
  }

  *steps(): Generator<Progress, void> {
    const { points, options } = this;
    if (!this.ties) {
      yield { iteration: 0, note: "Looking for neighbours" };
      this.coords = principalStart(points, options.dims, START_SPREAD, options.seed);
      if (points.count < 3) return;
      this.ties = yield* this.findTies();
    }
    const end = this.iteration < ITERATIONS ? ITERATIONS : this.iteration + MORE_ITERATIONS;
    while (this.iteration < end) {
      this.step(this.ties);
      this.iteration += 1;
      yield { iteration: this.iteration, note: null };
    }
  }

  perturb(): void {
    shake(this.coords, this.options.dims, SHAKEN, this.options.seed + ++this.shakes);
    this.speed.fill(0);
    this.gain.fill(1);
  }

  private *findTies(): Generator<Progress, Sparse> {
    const { points, options } = this;
    const perplexity = Math.max(1, Math.min(options.perplexity, (points.count - 1) / NEIGHBOURS));
    const search = findNeighbourhoods(points, Math.floor(NEIGHBOURS * perplexity + 1), options.seed);
    let found = search.next();
    for (; !found.done; found = search.next())
      yield { iteration: 0, note: `Looking for neighbours: ${Math.floor(found.value * 100)} %` };
    const near = found.value;
    const chances = new Float64Array(near.index.length);
    for (let point = 0; point < points.count; point++) {
      chancesOf(near, point, perplexity, chances);
      if (point % SLICE === 0) yield { iteration: 0, note: "Weighing neighbours" };
    }
    const oneWay = sparseOf(points.count, near.width, near.index, chances);
    const bothWays = combine(oneWay, transpose(oneWay), (a, b) => a + b);
    const supervised = options.supervise ? mapped(bothWays, tied(tieFactor(options.supervise))) : bothWays;
    const total = supervised.values.reduce((sum, value) => sum + value, 0) || 1;
    return mapped(supervised, (_row, _column, value) => value / total);
  }

  private step(ties: Sparse): void {
    const { coords, speed, gain, pull, push } = this;
    const { dims, learningRate } = this.options;
    const early = this.iteration < EXAGGERATED;
    const rate = learningRate === "auto" ? Math.max(this.points.count / EXAGGERATION / 4, LEAST_RATE) : learningRate;
    pull.fill(0);
    push.fill(0);
    if (dims === 2) pullIn2(ties, coords, pull);
    else pullIn3(ties, coords, pull);
    this.tree.build(coords);
    const share = 1 / Math.max(this.tree.repel(coords, push, ANGLE), Number.MIN_VALUE);
    const exaggeration = early ? EXAGGERATION : 1;
    const momentum = early ? 0.5 : 0.8;
    for (let at = 0; at < coords.length; at++) {
      const slope = 4 * (exaggeration * (pull[at] as number) - share * (push[at] as number));
      const before = speed[at] as number;
      const g = gain[at] as number;
      const next = Math.max(LEAST_GAIN, before * slope < 0 ? g + 0.2 : g * 0.8);
      gain[at] = next;
      const now = momentum * before - rate * next * slope;
      speed[at] = now;
      coords[at] = (coords[at] as number) + now;
    }
    centre(coords, dims);
  }
}

const tied =
  (factor: (one: number, other: number) => number) =>
  (row: number, column: number, value: number): number =>
    value * factor(row, column);

/** How likely each neighbour is picked, so that their entropy is that of `perplexity` neighbours that are all as likely. */
function chancesOf(
  { distance, width }: Neighbourhoods,
  point: number,
  perplexity: number,
  chances: Float64Array,
): void {
  const from = point * width;
  const wanted = Math.log(perplexity);
  const nearest = (distance[from] as number) ** 2;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let beta = 1;
  // The scale of the distances, to begin with: they may be of any size.
  let mean = 0;
  for (let at = from; at < from + width; at++) mean += ((distance[at] as number) ** 2 - nearest) / width;
  if (mean > 0) beta = 1 / mean;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    let weighted = 0;
    for (let at = from; at < from + width; at++) {
      const apart = (distance[at] as number) ** 2 - nearest;
      const chance = Math.exp(-beta * apart);
      chances[at] = chance;
      sum += chance;
      weighted += apart * chance;
    }
    const entropy = Math.log(sum) + (beta * weighted) / sum;
    for (let at = from; at < from + width; at++) chances[at] = (chances[at] as number) / sum;
    const off = entropy - wanted;
    if (Math.abs(off) <= PRECISION || mean === 0) return;
    if (off > 0) {
      low = beta;
      beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (beta + high) / 2;
    } else {
      high = beta;
      beta = (beta + low) / 2;
    }
  }
}

function pullIn2({ count, offsets, columns, values }: Sparse, coords: Float64Array, pull: Float64Array): void {
  for (let row = 0; row < count; row++) {
    const x = coords[2 * row] as number;
    const y = coords[2 * row + 1] as number;
    let fx = 0;
    let fy = 0;
    for (let at = offsets[row] as number, end = offsets[row + 1] as number; at < end; at++) {
      const other = 2 * (columns[at] as number);
      const dx = x - (coords[other] as number);
      const dy = y - (coords[other + 1] as number);
      const force = (values[at] as number) / (1 + dx * dx + dy * dy);
      fx += force * dx;
      fy += force * dy;
    }
    pull[2 * row] = fx;
    pull[2 * row + 1] = fy;
  }
}

function pullIn3({ count, offsets, columns, values }: Sparse, coords: Float64Array, pull: Float64Array): void {
  for (let row = 0; row < count; row++) {
    const x = coords[3 * row] as number;
    const y = coords[3 * row + 1] as number;
    const z = coords[3 * row + 2] as number;
    let fx = 0;
    let fy = 0;
    let fz = 0;
    for (let at = offsets[row] as number, end = offsets[row + 1] as number; at < end; at++) {
      const other = 3 * (columns[at] as number);
      const dx = x - (coords[other] as number);
      const dy = y - (coords[other + 1] as number);
      const dz = z - (coords[other + 2] as number);
      const force = (values[at] as number) / (1 + dx * dx + dy * dy + dz * dz);
      fx += force * dx;
      fy += force * dy;
      fz += force * dz;
    }
    pull[3 * row] = fx;
    pull[3 * row + 1] = fy;
    pull[3 * row + 2] = fz;
  }
}

function centre(coords: Float64Array, dims: number): void {
  const count = coords.length / dims;
  for (let j = 0; j < dims; j++) {
    let mean = 0;
    for (let at = j; at < coords.length; at += dims) mean += (coords[at] as number) / count;
    for (let at = j; at < coords.length; at += dims) coords[at] = (coords[at] as number) - mean;
  }
}
