import { describe, expect, it } from "vitest";
import { expandRuns } from "../src/api/runs";
import { parseQuantity, printQuantity } from "../src/query/quantity";
import { findKeys } from "../src/regex/match";
import { countByTag, runsByTag } from "../src/runs/by_tag";
import { folderOf, groupRuns, isColor, NO_GROUP_COLOR, valueKey } from "../src/runs/groups";
import { compareValues } from "../src/runs/order";
import { GROUP_COLORS, MORE_COLORS, rampColor, SAFE_COLORS } from "../src/runs/palette";

describe("groupRuns", () => {
  it("gives runs of one key one colour, and keeps it when other runs come", () => {
    const before = groupRuns(["b", "a", null, "b"]);
    const after = groupRuns(["b", "a", null, "b", "c", "a"]);
    expect(before.groups.map(({ key, count }) => [key, count])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
    expect(after.groups.slice(0, 2).map(({ color }) => color)).toEqual(before.groups.map(({ color }) => color));
    expect(before.groupOf[0]).toBe(before.groupOf[3]);
    expect([before.groupOf[2]?.color, before.rest]).toEqual([NO_GROUP_COLOR, 1]);
    expect(new Set(after.groups.map(({ color }) => color)).size).toBe(3);
  });

  it("goes through the palette again with other dashes", () => {
    const many = groupRuns(GROUP_COLORS.map((_, index) => `g${index}`).concat("one more"));
    const last = many.groups.at(-1);
    expect([last?.color, last?.lap]).toEqual([GROUP_COLORS[0], 1]);
  });

  it("puts values in order, and many numbers on a ramp", () => {
    const few = groupRuns(["0.1", "1e-3", "0.01"], { isOrdered: true });
    expect(few.groups.map(({ key }) => key)).toEqual(["1e-3", "0.01", "0.1"]);
    expect(few.groups.map(({ color }) => color)).toEqual([GROUP_COLORS[1], GROUP_COLORS[2], GROUP_COLORS[0]]);
    const many = groupRuns(
      Array.from({ length: 20 }, (_, i) => String(20 - i)),
      { isOrdered: true },
    );
    expect(many.groups.map(({ key }) => key)).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)));
    expect([many.groups[0]?.color, many.groups[19]?.color]).toEqual([rampColor(0), rampColor(1)]);
    expect(groupRuns(["sgd", "adam"], { isOrdered: true }).groups.map(({ key }) => key)).toEqual(["adam", "sgd"]);
  });

  it("has keys of folders and values", () => {
    expect(["a/b/c", "a", "."].map(folderOf)).toEqual(["a/b", "", ""]);
    expect([valueKey([]), valueKey([0.1]), valueKey([true, "x", true])]).toEqual([null, "0.1", "true, x"]);
  });

  it("has keys of what a pattern captures", () => {
    const names = ["lr=0.1/adam/1", "lr=0.2/sgd/1", "base"];
    expect(findKeys("lr=([^/]+)/(\\w+)", names)).toEqual(["0.1, adam", "0.2, sgd", null]);
    expect(findKeys("adam|sgd", names)).toEqual(["adam", "sgd", null]);
    expect(findKeys("(base)|lr", names)).toEqual(["", "", "base"]);
  });

  it("has colours enough, none of them twice", () => {
    const all = [...SAFE_COLORS, ...MORE_COLORS];
    expect(new Set(all).size).toBe(24);
    expect(all.every(isColor)).toBe(true);
    expect([0, 0.3, 1].map(rampColor).every(isColor)).toBe(true);
  });
});

describe("compareValues", () => {
  it("puts numbers first, then words, then what has none, whichever way", () => {
    const values = [[], ["b"], [2], [Number.NaN], ["a"], ["1e-3"], [true], [-1]];
    const sorted = (down: boolean) => [...values].sort((a, b) => compareValues(a, b, down)).map(([value]) => value);
    expect(sorted(false)).toEqual([-1, "1e-3", 2, "a", "b", true, undefined, Number.NaN]);
    expect(sorted(true)).toEqual([2, "1e-3", -1, true, "b", "a", undefined, Number.NaN]);
  });
});

describe("a quantity", () => {
  it.each([
    ["lr", null, "lr"],
    ["train/loss", null, "train/loss"],
    ["min(train/loss)", "min", "train/loss"],
    ['MAX( "a (b)" )', "max", "a (b)"],
    ["avg(x)", null, "avg(x)"],
  ])("is read from %s and written so that it reads the same", (text, of, name) => {
    const quantity = parseQuantity(text);
    expect(quantity).toEqual({ of, name });
    if (quantity && "name" in quantity) expect(parseQuantity(printQuantity(quantity as never))).toEqual({ of, name });
  });

  it("is none where nothing is typed", () => expect(parseQuantity("  ")).toBeNull());
});

describe("runs by tag", () => {
  const sets = [[0, 1], [1, 2], [], [1, 3]];
  const runs = Array.from({ length: 40 }, (_, index) => ({ index, tags: sets[(index * 7) % 4] ?? [] }));

  it("are those that a plain search finds, in order", () => {
    for (const some of [runs, runs.slice(0, 1), [], runs.filter(({ tags }) => tags === sets[0])]) {
      const plain = [0, 1, 2, 3, 4].map((tag) => some.filter(({ tags }) => tags.includes(tag)));
      expect(runsByTag(5, some, ({ tags }) => tags)).toEqual(plain);
      expect([...countByTag(5, some, ({ tags }) => tags)]).toEqual(plain.map(({ length }) => length));
    }
  });

  it("share lists where they share tags", () => {
    const none = { images: [], histograms: [], texts: [], audio: [], pr_curves: [], graphs: [], meshes: [] };
    const { runs: expanded } = expandRuns({
      revision: 1,
      catalog: 1,
      tags: { scalars: ["a"], ...none },
      has: { hparams: false, custom_scalars: false, embeddings: false },
      sets: [{ scalars: [0], ...none }],
      runs: [
        ["x", "#000000", 1, 0],
        ["y", "#000000", null, 0],
        ["z", "#000000", "NaN", 7],
      ],
    });
    expect(expanded[0]?.scalars).toBe(expanded[1]?.scalars);
    expect(expanded.map(({ name, scalars }) => [name, scalars])).toEqual([
      ["x", [0]],
      ["y", [0]],
      ["z", []],
    ]);
  });
});
