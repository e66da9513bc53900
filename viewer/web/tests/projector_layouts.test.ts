import { expect, test } from "vitest";
import { CellTree } from "../src/projector/cells";
import { fitCurve } from "../src/projector/curve";
import { descend } from "../src/projector/descent";
import type { Layout } from "../src/projector/layout";
import { evenSample, type LayoutAnswer, type LayoutRequest, type LayoutWorker } from "../src/projector/layout_run";
import { NeighbourLists } from "../src/projector/neighbour_lists";
import { findNeighbourhoods } from "../src/projector/neighbourhoods";
import { gaussian, uniform } from "../src/projector/random";
import { combine, sparseOf, transpose } from "../src/projector/sparse";
import { tieFactor } from "../src/projector/supervise";
import { tsne } from "../src/projector/tsne";
import { TsneLayout } from "../src/projector/tsne_layout";
import type { Points } from "../src/projector/types";
import { UmapLayout } from "../src/projector/umap_layout";

const at = (array: ArrayLike<number>, index: number): number => array[index] as number;

/** Clouds far from each other; the code of each point is its cloud. */
function clouds(count: number, dims: number, groups: number, seed = 1) {
  const random = gaussian(seed);
  const middles = Float64Array.from({ length: groups * dims }, () => 12 * random());
  const codes = Int32Array.from({ length: count }, (_, point) => point % groups);
  const values = Float32Array.from(
    { length: count * dims },
    (_, place) => at(middles, (Math.floor(place / dims) % groups) * dims + (place % dims)) + random(),
  );
  return { points: { values, count, dims }, codes };
}

function exactNeighbours(values: Float32Array, dims: number, point: number, k: number): number[] {
  const count = values.length / dims;
  const apart = Array.from({ length: count }, (_, other) => {
    let sum = 0;
    for (let j = 0; j < dims; j++) sum += (at(values, point * dims + j) - at(values, other * dims + j)) ** 2;
    return { other, sum };
  });
  return apart
    .filter(({ other }) => other !== point)
    .sort((a, b) => a.sum - b.sum || a.other - b.other)
    .slice(0, k)
    .map(({ other }) => other);
}

function finish<Value, Result>(steps: Generator<Value, Result>): Result {
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
  }
}

test("neighbours of all points are exact", () => {
  const { points } = clouds(150, 7, 3);
  const { index, distance, width } = finish(findNeighbourhoods(points, 10, 1));
  expect(width).toBe(10);
  for (let point = 0; point < points.count; point++) {
    const found = [...index.subarray(point * width, (point + 1) * width)];
    expect(found).toEqual(exactNeighbours(points.values, 7, point, 10));
    const far = distance.subarray(point * width, (point + 1) * width);
    expect([...far]).toEqual([...far].sort((a, b) => a - b));
  }
  expect(finish(findNeighbourhoods({ values: new Float32Array(6), count: 3, dims: 2 }, 10, 1)).width).toBe(2);
});

test("neighbours are told apart however far all points are from the origin", () => {
  const values = Float32Array.from({ length: 40 }, (_, point) => 1e6 + point);
  const { index } = finish(findNeighbourhoods({ values, count: 40, dims: 1 }, 2, 1));
  for (let point = 1; point < 39; point++)
    expect([...index.subarray(2 * point, 2 * point + 2)]).toEqual([point - 1, point + 1]);
});

test("the search that is not exact finds nearly all, and none twice", () => {
  const { points } = clouds(1500, 12, 5);
  const lists = new NeighbourLists(points.count, 15);
  finish(descend(points, lists, 3));
  const { index } = lists.sorted();
  let hits = 0;
  for (let point = 0; point < points.count; point += 10) {
    const found = new Set(index.subarray(point * 15, (point + 1) * 15));
    expect(found.size).toBe(15);
    expect(found.has(point) || found.has(-1)).toBe(false);
    hits += exactNeighbours(points.values, 12, point, 15).filter((other) => found.has(other)).length;
  }
  expect(hits / (150 * 15)).toBeGreaterThan(0.95);
});

test("points that are all the same have neighbours too", () => {
  const points = { values: new Float32Array(400 * 3).fill(2), count: 400, dims: 3 };
  const lists = new NeighbourLists(400, 5);
  finish(descend(points, lists, 3));
  expect([...lists.sorted().distance].every((distance) => distance === 0)).toBe(true);
  expect([...lists.index].every((other) => other >= 0)).toBe(true);
});

test.each([2, 3] as const)("cells repel as all points one by one do, in %i dimensions", (dims) => {
  const random = gaussian(5);
  const coords = Float64Array.from({ length: 300 * dims }, () => 5 * random());
  // Some at the same place.
  coords.copyWithin(0, 30 * dims, 40 * dims);
  const exact = new Float64Array(coords.length);
  let total = 0;
  for (let i = 0; i < 300; i++)
    for (let k = 0; k < 300; k++) {
      if (i === k) continue;
      let square = 0;
      for (let j = 0; j < dims; j++) square += (at(coords, i * dims + j) - at(coords, k * dims + j)) ** 2;
      const q = 1 / (1 + square);
      total += q;
      for (let j = 0; j < dims; j++)
        exact[i * dims + j] = at(exact, i * dims + j) + q * q * (at(coords, i * dims + j) - at(coords, k * dims + j));
    }
  const tree = new CellTree(dims);
  for (const [angle, digits, share] of [
    [0, 8, 1e-9],
    [0.5, 0, 0.03],
  ] as const) {
    tree.build(coords);
    const forces = new Float64Array(coords.length);
    expect(Math.abs(tree.repel(coords, forces, angle) / total - 1)).toBeLessThan(share);
    for (let place = 0; digits && place < forces.length; place++)
      expect(at(forces, place)).toBeCloseTo(at(exact, place), digits);
    const size = Math.sqrt(exact.reduce((sum, value) => sum + value * value, 0));
    const off = Math.sqrt(exact.reduce((sum, value, place) => sum + (value - at(forces, place)) ** 2, 0));
    expect(off / size).toBeLessThan(share);
  }
});

test("matrices that are nearly empty are turned and brought together", () => {
  const one = sparseOf(3, 2, Int32Array.of(2, 1, 0, -1, 1, 0), Float64Array.of(0.5, 0.25, 1, 9, 0.125, 0.75));
  expect([...one.columns]).toEqual([1, 2, 0, 0, 1]);
  expect([...one.values]).toEqual([0.25, 0.5, 1, 0.75, 0.125]);
  const turned = transpose(one);
  expect([...turned.offsets]).toEqual([0, 2, 4, 5]);
  expect([...turned.values]).toEqual([1, 0.75, 0.25, 0.125, 0.5]);
  const both = combine(one, turned, (a, b) => a + b);
  expect([...both.columns]).toEqual([1, 2, 0, 2, 0, 1]);
  expect([...both.values]).toEqual([1.25, 1.25, 1.25, 0.125, 1.25, 0.125]);
});

test("the curve of UMAP is that of umap-learn", () => {
  // umap.umap_.find_ab_params(1, 0.1), and of 0.5.
  const { a, b } = fitCurve(1, 0.1);
  expect(a).toBeCloseTo(1.5769434602, 4);
  expect(b).toBeCloseTo(0.8950608778, 4);
  const loose = fitCurve(1, 0.5);
  expect(loose.a).toBeCloseTo(0.5830300203, 4);
  expect(loose.b).toBeCloseTo(1.3341669924, 4);
});

const TSNE = { perplexity: 15, learningRate: "auto", supervise: null, seed: 1 } as const;
const UMAP = { neighbours: 10, minDist: 0.1, epochs: 150, supervise: null, seed: 1 } as const;
const METHODS: [string, (of: ReturnType<typeof clouds>, dims: 2 | 3, weight: number) => Layout][] = [
  [
    "t-SNE",
    ({ points, codes }, dims, weight) =>
      new TsneLayout(points, { ...TSNE, dims, supervise: weight ? { codes, weight } : null }),
  ],
  [
    "UMAP",
    ({ points, codes }, dims, weight) =>
      new UmapLayout(points, { ...UMAP, dims, supervise: weight ? { codes, weight } : null }),
  ],
];

/** How many points have a nearest neighbour of their own code. */
function purity(coords: ArrayLike<number>, dims: number, codes: Int32Array): number {
  let same = 0;
  codes.forEach((code, point) => {
    const [nearest] = exactNeighbours(Float32Array.from(coords), dims, point, 1);
    same += codes[nearest as number] === code ? 1 : 0;
  });
  return same / codes.length;
}

test.each(METHODS)("%s keeps groups apart, in 2D and 3D, the same each time", (_, make) => {
  const of = clouds(240, 10, 4);
  for (const dims of [2, 3] as const) {
    const layout = make(of, dims, 0);
    finish(layout.steps());
    expect(layout.coords.every(Number.isFinite)).toBe(true);
    expect(purity(layout.coords, dims, of.codes)).toBeGreaterThan(0.98);
  }
  const [one, other] = [make(of, 2, 0), make(of, 2, 0)];
  for (const layout of [one, other]) finish(layout.steps());
  expect(other.coords).toEqual(one.coords);
});

test.each(METHODS)("%s draws together what it is told belongs together", (_, make) => {
  // Codes that the points know nothing of.
  const of = clouds(240, 10, 1);
  const random = uniform(4);
  of.codes.forEach((_code, point) => {
    of.codes[point] = Math.floor(random() * 3);
  });
  const [free, told] = [make(of, 2, 0), make(of, 2, 0.9)];
  for (const layout of [free, told]) finish(layout.steps());
  expect(purity(free.coords, 2, of.codes)).toBeLessThan(0.55);
  expect(purity(told.coords, 2, of.codes)).toBeGreaterThan(0.7);
});

test.each(METHODS)("%s goes on after its end, and can be shaken", (_, make) => {
  const layout = make(clouds(60, 5, 2), 2, 0);
  finish(layout.steps());
  const before = Float64Array.from(layout.coords);
  layout.perturb();
  expect([...layout.coords]).not.toEqual([...before]);
  const { value } = layout.steps().next();
  expect(value && "iteration" in value && value.iteration).toBeGreaterThan(100);
});

test.each(METHODS)("%s of few points, or of points that are all the same, ends", (_, make) => {
  for (const count of [0, 1, 2, 3, 4]) {
    const layout = make(clouds(count, 3, 1), 2, 0);
    finish(layout.steps());
    expect(layout.coords.length).toBe(2 * count);
    expect(layout.coords.every(Number.isFinite)).toBe(true);
  }
  const points = { values: new Float32Array(90).fill(7), count: 30, dims: 3 };
  const layout = make({ points, codes: new Int32Array(30) }, 3, 0);
  finish(layout.steps());
  expect(layout.coords.every(Number.isFinite)).toBe(true);
});

test("ties of those that differ count less, the more the weight", () => {
  const codes = Int32Array.of(0, 0, 1, -1);
  const factors = [0, 0.25, 0.5, 1].map((weight) => tieFactor({ codes, weight })(0, 2));
  expect(factors[0]).toBe(1);
  expect(factors).toEqual([...factors].sort((a, b) => b - a));
  expect(factors[3]).toBe(0);
  expect(tieFactor({ codes, weight: 1 })(0, 1)).toBe(1);
  expect(tieFactor({ codes, weight: 1 })(0, 3)).toBe(1);
});

class FakeWorker implements LayoutWorker {
  onmessage: ((event: MessageEvent<LayoutAnswer>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  asked: LayoutRequest[] = [];
  isEnded = false;
  postMessage(request: LayoutRequest): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(kind: LayoutAnswer["kind"], iteration: number): void {
    const coords = kind === "step" ? Float32Array.of(iteration) : null;
    this.onmessage?.({ data: { kind, iteration, note: null, coords } } as MessageEvent<LayoutAnswer>);
  }
}

test("a layout is paused at once, goes on, and ends", async () => {
  const worker = new FakeWorker();
  const seen: number[] = [];
  const points: Points = { values: new Float32Array(8), count: 4, total: 4, dims: 2, rows: null };
  const run = tsne(
    points,
    { ...TSNE, dims: 2 },
    (iteration) => seen.push(iteration),
    () => worker,
  );
  worker.say("step", 3);
  run.pause();
  worker.say("step", 4);
  expect([run.isPaused, run.iteration, seen]).toEqual([true, 3, [3]]);
  run.resume();
  worker.say("step", 5);
  run.perturb();
  expect(worker.asked.map(({ kind }) => kind)).toEqual(["start", "pause", "resume", "perturb"]);
  worker.say("done", 0);
  await run.done;
  expect([seen, worker.isEnded, run.rows]).toEqual([[3, 5], false, null]);
  run.stop();
  expect(worker.isEnded).toBe(true);
});

test("of too many points an even sample is laid out, with its codes", () => {
  const worker = new FakeWorker();
  const count = 25_000;
  const values = Float32Array.from({ length: count }, (_, point) => point);
  const codes = Int32Array.from({ length: count }, (_, point) => point % 7);
  const run = tsne(
    { values, count, total: count, dims: 1, rows: null },
    { ...TSNE, dims: 2, supervise: { codes, weight: 0.5 } },
    () => undefined,
    () => worker,
  );
  const [asked] = worker.asked;
  const rows = run.rows as Int32Array;
  expect([rows.length, rows[0], rows.at(-1)]).toEqual([10_000, 0, count - 1]);
  expect(new Set(rows).size).toBe(10_000);
  if (asked?.kind !== "start") throw new Error("not started");
  expect([...asked.points.values]).toEqual([...rows]);
  expect(asked.options.supervise?.codes.every((code, place) => code === at(rows, place) % 7)).toBe(true);
  expect(evenSample(5, 5)).toBeNull();
});

test("where there are no workers, the reason is said", async () => {
  const run = tsne(
    { values: new Float32Array(2), count: 1, total: 1, dims: 2, rows: null },
    { ...TSNE, dims: 2 },
    () => undefined,
    () => {
      throw new Error("no");
    },
  );
  await expect(run.done).rejects.toThrow("may not start workers");
});
