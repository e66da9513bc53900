import { describe, expect, it } from "vitest";
import { bestOf, relate } from "../src/dashboards/table/relation";
import { guessHigher } from "../src/state/directions";
import { type Cell, cellKey, compareMissingLast, distinctCells, formatMeasure } from "../src/table/cells";
import { escapeLatex, toCsv, toLatex, toMarkdown, WRITERS } from "../src/table/export";
import { type ColumnFilter, describeFilter, filtersCodec, passes } from "../src/table/filters";
import { commonCell, foldNumbers, spanOf } from "../src/table/fold";
import { inOrder, orderOf, withMoved } from "../src/table/order";
import { nextSort, sortCodec, sortRows } from "../src/table/sort";
import { columnsWithin, dropIndex, edgesOf, moved } from "../src/table/widths";

const sorted = (cells: Cell[], descending: boolean) => sortRows(cells, [{ id: "x", descending }], () => (cell) => cell);

describe("sorting", () => {
  it("puts what is missing last, whichever way the rest is turned", () => {
    const cells = [null, 2, Number.NaN, -1, Number.POSITIVE_INFINITY];
    expect(sorted(cells, false)).toEqual([-1, 2, Number.POSITIVE_INFINITY, Number.NaN, null]);
    expect(sorted(cells, true)).toEqual([Number.POSITIVE_INFINITY, 2, -1, Number.NaN, null]);
  });

  it("counts as people do, and keeps kinds apart", () => {
    expect(sorted(["b10", "b2", true, 3, false], false)).toEqual([3, false, true, "b2", "b10"]);
  });

  it("goes by further columns where the first says nothing, and leaves equals as they were", () => {
    const rows = [
      { a: 1, b: 1, at: 0 },
      { a: 1, b: 2, at: 1 },
      { a: 0, b: 0, at: 2 },
      { a: 1, b: 2, at: 3 },
    ];
    const keys = [
      { id: "a", descending: false },
      { id: "b", descending: true },
      { id: "gone", descending: true },
    ];
    const by = (id: string) => (id === "gone" ? undefined : (row: (typeof rows)[0]) => row[id as "a" | "b"]);
    expect(sortRows(rows, keys, by).map(({ at }) => at)).toEqual([2, 1, 3, 0]);
  });

  it("turns with each click, then rests; with shift the other columns stay", () => {
    const first = nextSort([], "a", true, false);
    expect(first).toEqual([{ id: "a", descending: true }]);
    const second = nextSort(first, "a", true, false);
    expect(second).toEqual([{ id: "a", descending: false }]);
    expect(nextSort(second, "a", true, false)).toEqual([]);
    expect(nextSort(second, "b", false, true)).toEqual([...second, { id: "b", descending: false }]);
    expect(nextSort(second, "b", false, false)).toEqual([{ id: "b", descending: false }]);
  });

  it("is read back from the address", () => {
    const sort = [
      { id: "-odd", descending: true },
      { id: "b", descending: false },
    ];
    expect(sortCodec.read(sortCodec.write(sort))).toEqual(sort);
    expect(sortCodec.read(["", "+"])).toEqual([]);
  });

  it("compares nothing with nothing", () => {
    expect(compareMissingLast(null, null, true)).toBe(0);
    expect(compareMissingLast(null, Number.NaN, true)).toBe(1);
  });
});

describe("filters", () => {
  const range = (low: number, high: number, missing = false): ColumnFilter => ({ kind: "range", low, high, missing });

  it("let an interval through, both ends included, and the missing only if asked for", () => {
    expect([1, 2, 3, null, Number.NaN, "2"].map((cell) => passes(cell, range(1, 2), undefined))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([null, Number.NaN].map((cell) => passes(cell, range(1, 2, true), undefined))).toEqual([true, true]);
  });

  it("tell 1, '1' and true apart", () => {
    const filter: ColumnFilter = { kind: "values", keys: new Set([cellKey("1"), cellKey(null)]) };
    expect([1, "1", true, null].map((cell) => passes(cell, filter, undefined))).toEqual([false, true, false, true]);
    expect(distinctCells([1, "1", 1, null, true]).map(({ cell, count }) => [cell, count])).toEqual([
      [1, 2],
      [true, 1],
      ["1", 1],
      [null, 1],
    ]);
  });

  it("hold nothing back until the pattern has been run", () => {
    const filter: ColumnFilter = { kind: "text", pattern: "a" };
    expect(passes("b", filter, undefined)).toBe(true);
    expect(passes("b", filter, new Set(["a"]))).toBe(false);
    expect(passes("a", filter, new Set(["a"]))).toBe(true);
  });

  it("are read back from the address, whatever is in it", () => {
    const filters = new Map<string, ColumnFilter>([
      ["h:lr", range(1e-4, Number.POSITIVE_INFINITY, true)],
      ["h:n&=[]", { kind: "values", keys: new Set([cellKey("a,b"), cellKey(null), cellKey(Number.NaN)]) }],
      ["m", { kind: "text", pattern: "^a|b$" }],
    ]);
    expect(filtersCodec.read(filtersCodec.write(filters))).toEqual(filters);
    for (const text of ["", "{", "7", "[]", '["a"]', '["a","r","x","1"]', '["a","t"]', '["a","q"]']) {
      expect(filtersCodec.read([text])).toEqual(new Map());
    }
  });

  it("are said in words", () => {
    expect(describeFilter(range(Number.NEGATIVE_INFINITY, 2))).toBe("≤ 2");
    expect(describeFilter(range(0.1, 2))).toBe("0.1 – 2");
    expect(describeFilter({ kind: "values", keys: new Set(['"cnn"', "null"]) })).toBe("= cnn, nothing");
  });
});

describe("folding", () => {
  it("leaves out what is no number", () => {
    const cells = [3, null, 1, Number.NaN, 8];
    expect((["mean", "median", "min", "max"] as const).map((fold) => foldNumbers(cells, fold))).toEqual([4, 3, 1, 8]);
    expect(foldNumbers([1, 2, 3, 10], "median")).toBe(2.5);
    expect(foldNumbers([null, null], "mean")).toBeNull();
    expect(foldNumbers([Number.NaN, null], "max")).toBeNaN();
  });

  it("says what all have in common, or how far they reach", () => {
    expect(commonCell(["a", "a"])).toBe("a");
    expect(commonCell([Number.NaN, Number.NaN])).toBeNaN();
    expect(commonCell([null, null])).toBeNull();
    expect(commonCell([1, "1"])).toBeUndefined();
    expect(spanOf([3, 1, null, 2], String)).toBe("1 … 3");
    expect(spanOf(["a", "b", 1], String)).toBe("3 values");
  });
});

describe("text", () => {
  const table = { head: ["run", "=loss"], rows: [["@a,b", 0.1] as Cell[], ["-x\ny", Number.NaN], ["'q", -1.5e-7]] };

  it("is harmless in a spreadsheet, and its numbers are exact", () => {
    expect(toCsv(table)).toBe(`run,'=loss\n"'@a,b",0.1\n"'-x\ny",nan\n''q,-1.5e-7\n`);
    expect(WRITERS.tsv.write(table)).toBe("run\t'=loss\n'@a,b\t0.1\n'-x y\tnan\n''q\t-1.5e-7");
    for (const sign of ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"]) {
      expect(toCsv({ head: [`${sign}1`], rows: [] }).replace('"', "")[0]).toBe("'");
    }
  });

  it("is escaped in LaTeX", () => {
    expect(escapeLatex("50%_a & {b} \\x ~^ #$ <|>")).toBe(
      "50\\%\\_a \\& \\{b\\} \\textbackslash{}x \\textasciitilde{}\\textasciicircum{} \\#\\$ \\textless{}\\textbar{}\\textgreater{}",
    );
    const latex = toLatex(table);
    expect(toLatex({ head: ["a", "b"], rows: [["`--\u0001", null] as Cell[], ["", 1]] })).toContain(
      "\\textasciigrave{}{-}{-}  & -- \\\\",
    );
    expect(latex).toContain("\\begin{tabular}{lr}");
    expect(latex).toContain("@a,b & $0.1$ \\\\");
    expect(latex).toContain("\\textquotesingle{}q & $-1.5 \\times 10^{-7}$ \\\\");
    expect(latex).toContain("{-}x y & NaN \\\\");
  });

  it("stays one line a row in Markdown, and is no HTML", () => {
    expect(toMarkdown({ head: ["a|b"], rows: [["<b>*x*\nz"]] })).toBe("| a\\|b |\n| --- |\n| \\<b\\>\\*x\\* z |\n");
  });
});

describe("columns", () => {
  const edges = edgesOf([100, 50, 200]);

  it("are those that the window shows", () => {
    expect(edges).toEqual([0, 100, 150, 350]);
    expect(columnsWithin(edges, 0, 100)).toEqual({ first: 0, last: 1 });
    expect(columnsWithin(edges, 99, 52)).toEqual({ first: 0, last: 3 });
    expect(columnsWithin(edges, 160, 1000)).toEqual({ first: 2, last: 3 });
    expect(columnsWithin([0], 0, 100)).toEqual({ first: 0, last: 0 });
  });

  it("are dropped before the nearest one", () => {
    expect([0, 49, 51, 120, 130, 400].map((x) => dropIndex(edges, x))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(moved(["a", "b", "c"], "a", null)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b"], "a", "a")).toEqual(["a", "b"]);
  });

  it("keep an order that is as short as it can be", () => {
    expect(inOrder(["a", "b", "c"], ["c", "gone"])).toEqual(["c", "a", "b"]);
    expect(orderOf(["a", "b", "c"], ["a", "b", "c"])).toEqual([]);
    expect(orderOf(["a", "b", "c"], ["c", "a", "b"])).toEqual(["c"]);
    expect(withMoved(["a", "b", "c"], ["c"], "c", null)).toEqual([]);
    expect(withMoved(["a", "b", "c"], [], "a", "c")).toEqual(["b"]);
  });
});

describe("what is better", () => {
  it("is guessed from whole words of a name", () => {
    for (const tag of [
      "val/acc",
      "trainAccuracy",
      "f1",
      "roc_auc",
      "eval/mAP",
      "top5_acc",
      "episode_reward",
      "hit/recall10",
    ])
      expect([tag, guessHigher(tag)]).toEqual([tag, true]);
    for (const tag of ["loss", "bitmap", "perplexity", "error/accurate_not", "macro"])
      expect([tag, guessHigher(tag)]).toEqual([tag, false]);
  });

  it("is marked only where there is something to choose from", () => {
    expect(bestOf([1, 3, Number.NaN, null], true)).toBe(3);
    expect(bestOf([1, 3], false)).toBe(1);
    expect(bestOf([3, 3, 3], false)).toBeUndefined();
    expect(bestOf([3, null], false)).toBeUndefined();
  });

  it("is told beside a baseline", () => {
    expect(relate(3, 2, "delta")).toBe(1);
    expect(relate(3, -2, "percent")).toBe(250);
    expect(relate(3, 0, "percent")).toBeNull();
    expect(relate(3, null, "delta")).toBeNull();
    expect(relate(3, null, "value")).toBe(3);
    expect(relate(null, 2, "delta")).toBeNull();
  });
});

it("writes measured numbers digit below digit", () => {
  expect([0.5, 12, -1.25, 1e-7, Number.NaN].map(formatMeasure)).toEqual(["0.50000", "12", "−1.2500", "1e−7", "NaN"]);
});
