import { describe, expect, it } from "vitest";
import type { ScalarsQuery } from "../src/api/client";
import { CurveCache, type View } from "../src/dashboards/scalars/curve_cache";
import { Latest } from "../src/ui/latest";

const VIEW: View = {
  ...{ axis: "step", xTag: "", xScale: "linear", superseded: false, from: undefined, to: undefined, width: 320 },
  ...{ smoothing: 0, kind: "ema", revision: 1 },
};

function cacheWith(all: string[]) {
  const asked: ScalarsQuery[] = [];
  const cache = new CurveCache("loss", async (query) => {
    asked.push(query);
    const curves = (query.run ?? all).map((run) => ({
      ...{ run, total: 1, start: 0, smoothed: null, x: null, unplaced: 0, restarts: [], superseded: null, last: null },
      ...{ step: new Float64Array(1), wallTime: new Float64Array(1), value: Float64Array.of(query.width) },
    }));
    return { tag: "loss", revision: 1, curves };
  });
  return { cache, asked };
}

describe("CurveCache", () => {
  it("asks for all runs without naming them, then for none", async () => {
    const { cache, asked } = cacheWith(["a", "b"]);
    expect(await cache.load(VIEW, ["a", "b"], 2)).toBe(true);
    expect(await cache.load(VIEW, ["a"], 2)).toBe(false);
    expect(asked.map((query) => query.run)).toEqual([undefined]);
  });

  it("asks only for a run that was never seen in this view", async () => {
    const { cache, asked } = cacheWith(["a", "b", "c"]);
    await cache.load(VIEW, ["a"], 3);
    await cache.load(VIEW, ["a", "c"], 3);
    expect(asked.map((query) => query.run)).toEqual([["a"], ["c"]]);
    expect(cache.get("a") && cache.get("c")).toBeDefined();
  });

  it("names a hundred runs of ten thousand, and none where the address would get too long", async () => {
    const runs = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}${at}`);
    const { cache, asked } = cacheWith([]);
    await cache.load(VIEW, runs(100, "sweep/run "), 10_000);
    await cache.load({ ...VIEW, revision: 2 }, runs(100, "x".repeat(80)), 10_000);
    expect(asked.map((query) => query.run?.length)).toEqual([100, undefined]);
  });

  it("asks again for another range, and keeps no curve of the old one", async () => {
    const { cache, asked } = cacheWith(["a", "b"]);
    await cache.load(VIEW, ["a", "b"], 2);
    await cache.load({ ...VIEW, from: 3, to: 9 }, ["a"], 2);
    expect(asked[1]).toMatchObject({ from: 3, to: 9, run: ["a"] });
    expect(cache.get("b")).toBeUndefined();
  });

  it("keeps the curves when an answer fails", async () => {
    const { cache } = cacheWith(["a"]);
    await cache.load(VIEW, ["a"], 1);
    cache.close();
    expect(cache.get("a")).toBeDefined();
  });
});

describe("Latest", () => {
  it("finishes what is under way and of the rest does only the last", async () => {
    const done: number[] = [];
    let go: () => void = () => undefined;
    const latest = new Latest<number>(async (job) => {
      if (job === 1)
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      done.push(job);
    });
    for (const job of [1, 2, 3, 4]) latest.ask(job);
    go();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(done).toEqual([1, 4]);
  });
});
