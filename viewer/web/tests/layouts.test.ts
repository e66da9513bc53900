import { describe, expect, it } from "vitest";
import type { Curve } from "../src/api/scalars";
import { neighbourOf } from "../src/dashboards/custom_scalars/layout_state";
import { patternsOf, resolve } from "../src/dashboards/custom_scalars/resolve";
import { alongside } from "../src/dashboards/scalars/band_lines";
import { matchPattern, READY } from "../src/regex/match";
import { Matcher, type MatchWorker, TOO_SLOW } from "../src/regex/matcher";
import { type Found, fromPython, TagPatterns } from "../src/regex/tag_patterns";
import type { TagCard } from "../src/state/tags";

/** Answers as the worker does; a pattern with `never` in it has no end. */
function worker(log: string[] = []): MatchWorker {
  const made: MatchWorker = {
    onmessage: null,
    onerror: null,
    terminate: () => log.push("ended"),
    postMessage: ({ id, pattern, names, flags }) => {
      log.push(pattern);
      if (pattern.includes("never")) return;
      const matched = matchPattern(pattern, names, flags);
      setTimeout(() => made.onmessage?.({ data: { id, matched } } as MessageEvent));
    },
  };
  setTimeout(() => made.onmessage?.({ data: READY } as MessageEvent));
  return made;
}

const TAGS = ["loss/train", "loss/val", "Loss/other", "acc", "a(b"];

describe("patterns of Python's", () => {
  it.each([
    ["loss", "^(?:loss)", "u"],
    ["(?i)loss", "^(?:loss)", "ui"],
    ["(?P<kind>a|b)/(?P=kind)", "^(?:(?<kind>a|b)/\\k<kind>)", "u"],
    ["\\Aloss\\Z", "^(?:^loss$)", "u"],
  ])("%s", (python, pattern, flags) => {
    expect(fromPython(python)).toEqual({ pattern, flags });
  });
});

describe("finding tags", () => {
  const find = (pattern: string, patterns = new TagPatterns(new Matcher(() => worker(), 50))) =>
    patterns.find(pattern, TAGS);

  it("takes a tag's own name as it is, whatever signs it has", async () => {
    expect(await find("a(b")).toEqual({ tags: ["a(b"] });
    expect(await find("acc")).toEqual({ tags: ["acc"] });
  });

  it("matches from the beginning, and tells upper from lower case", async () => {
    expect(await find("loss")).toEqual({ tags: ["loss/train", "loss/val"] });
    expect(await find("(?i)loss/")).toEqual({ tags: ["loss/train", "loss/val", "Loss/other"] });
    expect(await find("train")).toEqual({ tags: [] });
    expect(await find("loss/t\\-?rain")).toEqual({ tags: ["loss/train"] });
  });

  it("explains what is no pattern", async () => {
    expect(await find("loss/(")).toEqual({ error: expect.stringContaining("Not a regular expression") });
  });

  it("ends what never ends, and goes on with the next", async () => {
    const log: string[] = [];
    const patterns = new TagPatterns(new Matcher(() => worker(log), 20));
    const answers = await Promise.all(["never+", "loss", "never+"].map((one) => patterns.find(one, TAGS)));
    expect(answers).toEqual([{ error: TOO_SLOW }, { tags: ["loss/train", "loss/val"] }, { error: TOO_SLOW }]);
    expect(log).toEqual(["^(?:never+)", "ended", "^(?:loss)"]);
  });
});

describe("a chart of a layout", () => {
  const card = (tag: string): TagCard => ({ tag, runs: [], runsWithTag: 1 });
  const cards = new Map(TAGS.map((tag) => [tag, card(tag)] as const));
  const found = (entries: Record<string, Found>) => new Map(Object.entries(entries));

  it("shows each tag once and says what is missing", () => {
    const chart = { title: "t", tags: ["x", "y", "z", "w"], margins: [] };
    const answers = { x: { tags: ["acc"] }, y: { tags: ["loss/val", "acc"] }, z: { tags: [] }, w: { error: "Bad" } };
    const shown = resolve(chart, found(answers), cards);
    expect(shown.cards.map((one) => one.tag)).toEqual(["acc", "loss/val"]);
    expect(shown.remarks).toEqual(["“z”: no scalar has such a tag", "“w”: Bad"]);
    expect(shown.bands).toBeUndefined();
  });

  it("joins the tags of a margin in their order, and says if they do not fit", () => {
    const margin = { value: "v", lower: "l", upper: "u" };
    const chart = { title: "t", tags: [], margins: [margin] };
    const answers = { v: { tags: ["acc", "loss/val"] }, l: { tags: ["loss/train"] }, u: { tags: ["Loss/other"] } };
    expect(patternsOf(chart)).toEqual(["v", "l", "u"]);
    const shown = resolve(chart, found(answers), cards);
    expect(shown.bands).toEqual([{ lower: "loss/train", upper: "Loss/other" }, null]);
    expect(shown.remarks).toEqual(["“v”: 2 tags, but 1 lower and 1 upper edges"]);
  });

  it("says so if no ticked run has its tags", () => {
    const chart = { title: "t", tags: ["x"], margins: [] };
    expect(resolve(chart, found({ x: { tags: ["hidden"] } }), cards).remarks).toEqual(["No ticked run has these tags"]);
  });

  it("shows so many tags as can be read", () => {
    const many = Array.from({ length: 60 }, (_, i) => `t${i}`);
    const all = new Map(many.map((tag) => [tag, card(tag)] as const));
    const shown = resolve({ title: "t", tags: [".*"], margins: [] }, found({ ".*": { tags: many } }), all);
    expect(shown.cards).toHaveLength(40);
    expect(shown.remarks).toEqual(["20 more tags match; narrow the pattern"]);
  });
});

describe("the edge of a band", () => {
  const edge = { step: Float64Array.of(0, 10, 20), value: Float64Array.of(0, 100, 50), smoothed: null };
  const along = (...x: number[]) => [...alongside(edge as unknown as Curve, { x: Float64Array.from(x) }, "step")];

  it("is itself at its own steps, and straight between them", () => {
    expect(along(0, 5, 10, 15, 20)).toEqual([0, 50, 100, 75, 50]);
  });

  it("ends where it ends, and follows a line that goes back", () => {
    expect(along(-1, 20, 21, 5)).toEqual([Number.NaN, 50, Number.NaN, 50]);
  });
});

it("charts move among those of their section", () => {
  const charts = ["a", "b", "a", ""].map((section) => ({ title: "", section, tags: [], margins: [] }));
  expect([neighbourOf(charts, 0, 1), neighbourOf(charts, 2, -1), neighbourOf(charts, 1, 1)]).toEqual([2, 0, null]);
});
