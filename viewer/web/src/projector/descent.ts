/**
 * Nearest neighbours of very many points, nearly all of them: trees of random cuts give first ones, then neighbours of
 * neighbours are tried until hardly any is better. Source: Dong, Charikar and Li, Efficient k-nearest neighbor graph
 * construction for generic similarity measures, 2011.
 */

import type { NeighbourLists } from "./neighbour_lists";
import { squareApart } from "./neighbourhoods";
import type { Matrix } from "./principal";
import { type Random, uniform } from "./random";

const TREES = 6;
const LEAF = 40;
const ROUNDS = 12;
/** Of the neighbours' lists, how much must change for another round. */
const LEAST_CHANGE = 0.002;
const MOST_CANDIDATES = 24;
/** Points between two looks at whether to pause. */
const SLICE = 256;

export function* descend(points: Matrix, lists: NeighbourLists, seed: number): Generator<number, void> {
  const random = uniform(seed);
  for (let tree = 0; tree < TREES; tree++) {
    for (const leaf of leaves(points, random)) {
      joinAll(points, lists, leaf);
      yield (0.4 * tree) / TREES;
    }
  }
  fillUp(points, lists, random);
  for (let round = 0; round < ROUNDS; round++) {
    const changes = yield* improve(points, lists, random, 0.4 + (0.6 * round) / ROUNDS);
    if (changes < LEAST_CHANGE * points.count * lists.width) return;
  }
}

/** Parts of the points that lie together: cut in two again and again, halfway between two of them. */
function* leaves({ values, count, dims }: Matrix, random: Random): Generator<Int32Array> {
  const waiting = [Int32Array.from({ length: count }, (_, at) => at)];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.length <= LEAF) {
      yield part;
      continue;
    }
    const one = (part[Math.floor(random() * part.length)] as number) * dims;
    const other = (part[Math.floor(random() * part.length)] as number) * dims;
    const side = new Float64Array(part.length);
    part.forEach((point, at) => {
      let sum = 0;
      for (let j = 0, from = point * dims; j < dims; j++) {
        const a = values[one + j] as number;
        const b = values[other + j] as number;
        sum += (a - b) * ((values[from + j] as number) - (a + b) / 2);
      }
      side[at] = sum;
    });
    const left = part.filter((_, at) => (side[at] as number) > 0);
    const right = part.filter((_, at) => (side[at] as number) <= 0);
    if (left.length && right.length) waiting.push(left, right);
    // Points that are all the same cannot be told apart by a cut.
    else waiting.push(part.slice(0, part.length >> 1), part.slice(part.length >> 1));
    yield part.subarray(0, 0);
  }
}

function joinAll({ values, dims }: Matrix, lists: NeighbourLists, leaf: Int32Array): void {
  for (let i = 1; i < leaf.length; i++)
    for (let k = 0; k < i; k++) meet(values, dims, lists, leaf[i] as number, leaf[k] as number);
}

function meet(values: Float32Array, dims: number, lists: NeighbourLists, one: number, other: number): number {
  const square = squareApart(values, dims, one, other);
  let changes = 0;
  if (square < lists.reach(one) && lists.offer(one, other, square)) changes++;
  if (square < lists.reach(other) && lists.offer(other, one, square)) changes++;
  return changes;
}

/** Whoever has too few neighbours gets some at random. */
function fillUp({ values, count, dims }: Matrix, lists: NeighbourLists, random: Random): void {
  for (let point = 0; point < count; point++) {
    for (let tries = 0; lists.index[point * lists.width] === -1 && tries < 4 * lists.width; tries++) {
      const other = Math.floor(random() * count);
      if (other !== point) meet(values, dims, lists, point, other);
    }
    for (let other = 0; lists.index[point * lists.width] === -1; other++)
      if (other !== point) meet(values, dims, lists, point, other);
  }
}

/** Who is to meet whom: for each point some of its neighbours, and of those whose neighbour it is. */
class Candidates {
  readonly index: Int32Array;
  readonly filled: Int32Array;
  private readonly seen: Int32Array;

  constructor(
    count: number,
    private readonly random: Random,
  ) {
    this.index = new Int32Array(count * MOST_CANDIDATES);
    this.filled = new Int32Array(count);
    this.seen = new Int32Array(count);
  }

  /** Each that is offered has the same chance to stay. */
  offer(point: number, other: number): void {
    const seen = (this.seen[point] as number) + 1;
    this.seen[point] = seen;
    const filled = this.filled[point] as number;
    const place = filled < MOST_CANDIDATES ? filled : Math.floor(this.random() * seen);
    if (place >= MOST_CANDIDATES) return;
    this.index[point * MOST_CANDIDATES + place] = other;
    if (filled < MOST_CANDIDATES) this.filled[point] = filled + 1;
  }
}

function* improve(points: Matrix, lists: NeighbourLists, random: Random, done: number): Generator<number, number> {
  const { values, count, dims } = points;
  const { index, isNew, width } = lists;
  const fresh = new Candidates(count, random);
  const known = new Candidates(count, random);
  for (let point = 0; point < count; point++)
    for (let at = point * width; at < (point + 1) * width; at++) {
      const other = index[at] as number;
      if (other < 0) continue;
      const of = isNew[at] ? fresh : known;
      of.offer(point, other);
      of.offer(other, point);
      isNew[at] = 0;
    }
  let changes = 0;
  for (let point = 0; point < count; point++) {
    const top = point * MOST_CANDIDATES;
    for (let i = 0; i < (fresh.filled[point] as number); i++) {
      const one = fresh.index[top + i] as number;
      for (let k = 0; k < i; k++) {
        const other = fresh.index[top + k] as number;
        if (one !== other) changes += meet(values, dims, lists, one, other);
      }
      for (let k = 0; k < (known.filled[point] as number); k++) {
        const other = known.index[top + k] as number;
        if (one !== other) changes += meet(values, dims, lists, one, other);
      }
    }
    if (point % SLICE === 0) yield done;
  }
  return changes;
}
