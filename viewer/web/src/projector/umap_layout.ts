/**
 * UMAP: the ties of neighbours, each weighed by how far its own neighbours are, hold points together, and random others
 * push them apart.
 *
 * Source: McInnes, Healy and Melville, UMAP: Uniform manifold approximation and projection for dimension reduction, 2018.
 * Defaults are umap-learn's.
 */

import { fitCurve } from "./curve";
import { type Layout, type Progress, principalStart, shake } from "./layout";
import type { Neighbourhoods } from "./neighbour_lists";
import { findNeighbourhoods } from "./neighbourhoods";
import type { Matrix } from "./principal";
import { type Random, uniform } from "./random";
import { combine, mapped, type Sparse, sparseOf, transpose } from "./sparse";
import { tieFactor } from "./supervise";
import type { UmapOptions } from "./types";

const SPREAD = 1;
const START_SPREAD = 10 / 3;
const FEW = 10_000;
const EPOCHS_OF_FEW = 500;
const EPOCHS = 200;
const MORE_EPOCHS = 100;
const RATE = 1;
/** Random others for each tie that pulls. */
const OTHERS = 5;
const MOST_FORCE = 4;
const SEARCH_STEPS = 64;
const PRECISION = 1e-5;
const LEAST_SCALE = 1e-3;
const SLICE = 512;
/** Ties between two looks at whether to pause. */
const TIES_SLICE = 20_000;
const SHAKEN = 0.02;

export class UmapLayout implements Layout {
  coords: Float64Array;
  private ties: Ties | null = null;
  private epoch = 0;
  private readonly random: Random;
  private readonly curve: { a: number; b: number };
  private readonly epochs: number;
  private shakes = 0;

  constructor(
    private readonly points: Matrix,
    private readonly options: UmapOptions,
  ) {
    this.coords = new Float64Array(points.count * options.dims);
    this.random = uniform(options.seed);
    this.curve = fitCurve(SPREAD, options.minDist);
    this.epochs = options.epochs ?? (points.count <= FEW ? EPOCHS_OF_FEW : EPOCHS);
  }

  *steps(): Generator<Progress, void> {
    const { points, options } = this;
    if (!this.ties) {
      yield { iteration: 0, note: "Looking for neighbours" };
      this.coords = principalStart(points, options.dims, START_SPREAD, options.seed);
      if (points.count < 3) return;
      this.ties = new Ties(yield* this.findGraph(), this.epochs);
    }
    // Going on, points move less: the layout is there, and is only to get over what moved it.
    const isMore = this.epoch >= this.epochs;
    const begin = this.epoch;
    const end = isMore ? this.epoch + MORE_EPOCHS : this.epochs;
    const rate = isMore ? RATE / 4 : RATE;
    while (this.epoch < end) {
      const left = 1 - (this.epoch - (isMore ? begin : 0)) / (end - (isMore ? begin : 0));
      for (let from = 0; from < this.ties.size; from += TIES_SLICE) {
        this.pullAndPush(this.ties, from, Math.min(from + TIES_SLICE, this.ties.size), rate * left);
        if (from + TIES_SLICE < this.ties.size) yield { iteration: this.epoch, note: null };
      }
      this.epoch += 1;
      yield { iteration: this.epoch, note: null };
    }
  }

  perturb(): void {
    shake(this.coords, this.options.dims, SHAKEN, this.options.seed + ++this.shakes);
  }

  private *findGraph(): Generator<Progress, Sparse> {
    const { points, options } = this;
    // As umap-learn counts: the point itself is the first of its neighbours.
    const wanted = Math.max(1, options.neighbours - 1);
    const search = findNeighbourhoods(points, wanted, options.seed);
    let found = search.next();
    for (; !found.done; found = search.next())
      yield { iteration: 0, note: `Looking for neighbours: ${Math.floor(found.value * 100)} %` };
    const near = found.value;
    const mean = near.distance.reduce((sum, value) => sum + value, 0) / near.distance.length;
    const weights = new Float64Array(near.index.length);
    for (let point = 0; point < points.count; point++) {
      weigh(near, point, near.width + 1, mean, weights);
      if (point % SLICE === 0) yield { iteration: 0, note: "Weighing neighbours" };
    }
    const graph = bothWays(sparseOf(points.count, near.width, near.index, weights));
    if (!options.supervise) return graph;
    const factor = tieFactor(options.supervise);
    return bothWays(locally(mapped(graph, (row, column, value) => value * factor(row, column))));
  }

  private pullAndPush(ties: Ties, from: number, end: number, rate: number): void {
    const { coords, random, epoch } = this;
    const { dims } = this.options;
    const { a, b } = this.curve;
    const { count } = this.points;
    const { heads, tails, every, next, nextOther } = ties;
    for (let at = from; at < end; at++) {
      if ((next[at] as number) > epoch) continue;
      const one = (heads[at] as number) * dims;
      const other = (tails[at] as number) * dims;
      let square = 0;
      for (let j = 0; j < dims; j++) square += ((coords[one + j] as number) - (coords[other + j] as number)) ** 2;
      if (square > 0) {
        const power = square ** b;
        const force = (-2 * a * b * power) / square / (a * power + 1);
        for (let j = 0; j < dims; j++) {
          const moved = rate * clip(force * ((coords[one + j] as number) - (coords[other + j] as number)));
          coords[one + j] = (coords[one + j] as number) + moved;
          coords[other + j] = (coords[other + j] as number) - moved;
        }
      }
      const period = every[at] as number;
      next[at] = (next[at] as number) + period;
      const pushes = Math.floor((epoch - (nextOther[at] as number)) / (period / OTHERS));
      for (let k = 0; k < pushes; k++) push(coords, one, Math.floor(random() * count) * dims, dims, a, b, rate);
      if (pushes > 0) nextOther[at] = (nextOther[at] as number) + (pushes * period) / OTHERS;
    }
  }
}

function push(
  coords: Float64Array,
  one: number,
  other: number,
  dims: number,
  a: number,
  b: number,
  rate: number,
): void {
  if (one === other) return;
  let square = 0;
  for (let j = 0; j < dims; j++) square += ((coords[one + j] as number) - (coords[other + j] as number)) ** 2;
  const force = square > 0 ? (2 * b) / ((0.001 + square) * (a * square ** b + 1)) : 0;
  for (let j = 0; j < dims; j++) {
    const moved = force > 0 ? clip(force * ((coords[one + j] as number) - (coords[other + j] as number))) : 0;
    coords[one + j] = (coords[one + j] as number) + rate * moved;
  }
}

const clip = (force: number): number => (force > MOST_FORCE ? MOST_FORCE : force < -MOST_FORCE ? -MOST_FORCE : force);

/** The ties one by one; strong ones pull in each epoch, weak ones now and then. */
class Ties {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Epochs from one pull to the next. */
  readonly every: Float64Array;
  readonly next: Float64Array;
  readonly nextOther: Float64Array;
  readonly size: number;

  constructor({ count, offsets, columns, values }: Sparse, epochs: number) {
    const strongest = values.reduce((most, value) => Math.max(most, value), 0);
    const kept: number[] = [];
    const heads: number[] = [];
    for (let row = 0; row < count; row++)
      for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
        // What would not pull a single time is left out.
        if ((values[at] as number) >= strongest / Math.max(epochs, 10)) {
          kept.push(at);
          heads.push(row);
        }
    this.size = kept.length;
    this.heads = Int32Array.from(heads);
    this.tails = Int32Array.from(kept, (at) => columns[at] as number);
    this.every = Float64Array.from(kept, (at) => strongest / (values[at] as number));
    this.next = this.every.slice();
    this.nextOther = this.every.map((period) => period / OTHERS);
  }
}

/** How strong the tie to each neighbour is: 1 to the nearest, and all together as log2 of how many there are. */
function weigh(
  { distance, width }: Neighbourhoods,
  point: number,
  neighbours: number,
  meanOfAll: number,
  weights: Float64Array,
): void {
  const from = point * width;
  const wanted = Math.log2(neighbours);
  let nearest = 0;
  let mean = 0;
  for (let at = from; at < from + width; at++) {
    const apart = distance[at] as number;
    mean += apart / width;
    if (nearest === 0) nearest = apart;
  }
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (let at = from; at < from + width; at++) {
      const beyond = (distance[at] as number) - nearest;
      sum += beyond > 0 ? Math.exp(-beyond / scale) : 1;
    }
    if (Math.abs(sum - wanted) < PRECISION) break;
    if (sum > wanted) {
      high = scale;
      scale = (low + high) / 2;
    } else {
      low = scale;
      scale = high === Number.POSITIVE_INFINITY ? scale * 2 : (low + high) / 2;
    }
  }
  scale = Math.max(scale, LEAST_SCALE * (nearest > 0 ? mean : meanOfAll));
  for (let at = from; at < from + width; at++) {
    const beyond = (distance[at] as number) - nearest;
    weights[at] = beyond > 0 && scale > 0 ? Math.exp(-beyond / scale) : 1;
  }
}

/** A tie is there if it is so in one direction or in the other. */
function bothWays(oneWay: Sparse): Sparse {
  return combine(oneWay, transpose(oneWay), (a, b) => a + b - a * b);
}

/** Each point's strongest tie is 1 again. */
function locally(graph: Sparse): Sparse {
  const { count, offsets, values } = graph;
  const strongest = new Float64Array(count);
  for (let row = 0; row < count; row++)
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
      strongest[row] = Math.max(strongest[row] as number, values[at] as number);
  return mapped(graph, (row, _column, value) => {
    const most = strongest[row] as number;
    return most > 0 ? value / most : 0;
  });
}
