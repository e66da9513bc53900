import { describe, expect, it } from "vitest";
import type { Session } from "../src/api/hparams";
import { filterOf, spanOf } from "../src/dashboards/hparams/brush";
import * as parallel from "../src/dashboards/hparams/parallel/layout";
import { makeScale, usualScale } from "../src/dashboards/hparams/scale";
import * as scatter from "../src/dashboards/hparams/scatter/layout";
import { commonName, groupRows, hparamCell, runOf, sessionRows } from "../src/dashboards/hparams/sessions";
import { type Cell, cellKey } from "../src/table/cells";

const session = (run: string, values: Session["values"] = {}, group = ""): Session => ({
  ...{ run, group, values, status: "success" },
  ...{ started: null, ended: null },
});

describe("scales", () => {
  it("are linear from the lowest to the highest, infinities at the ends", () => {
    const scale = makeScale([2, 4, null, Number.NaN, Number.POSITIVE_INFINITY], "linear");
    expect([2, 3, 4, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(scale.position)).toEqual([
      0, 0.5, 1, 1, 0,
    ]);
    expect([null, Number.NaN, "a"].map((cell) => Number.isNaN(scale.position(cell)))).toEqual([true, true, true]);
    expect(scale.invert(0.25)).toBe(2.5);
    expect(makeScale([3, 3], "linear").position(3)).toBe(0.5);
    expect(makeScale([], "linear").ticks(5)).toEqual([]);
  });

  it("are logarithmic, with no place for what is not above 0", () => {
    const scale = makeScale([0.01, 100, 0, -1], "log");
    expect(scale.position(1)).toBeCloseTo(0.5);
    expect(scale.position(0)).toBeNaN();
    expect(scale.invert(0.75)).toBeCloseTo(10);
    expect(scale.invert(1)).toBe(100);
    expect(makeScale([-1, 0], "log").kind).toBe("linear");
  });

  it("give equal room to equally many values", () => {
    const scale = makeScale([1, 2, 2, 2, 1000], "quantile");
    expect([1, 2, 1000].map(scale.position)).toEqual([0, 0.5, 1]);
    expect(scale.position(501)).toBeCloseTo(0.75);
    expect(scale.invert(0.75)).toBeCloseTo(501);
    expect([-5, 5000].map(scale.position)).toEqual([0, 1]);
    expect([0, 0.5, 1].map(scale.invert)).toEqual([1, 2, 1000]);
    const many = makeScale(
      Array.from({ length: 101 }, (_, at) => at ** 3),
      "quantile",
    );
    for (let at = 0; at <= 100; at++) expect(many.position(at ** 3)).toBeCloseTo(at / 100);
  });

  it("give every name a stretch of its own", () => {
    const scale = makeScale(["b10", "b2", true, null], "linear");
    expect(scale.categories).toEqual([true, "b2", "b10"]);
    expect(scale.position("b2")).toBeCloseTo(0.5);
    expect(scale.position(null)).toBeNaN();
  });

  it("are logarithmic by themselves where magnitudes were chosen", () => {
    expect(usualScale([1e-5, 1e-4, 1e-3, 1e-2])).toBe("log");
    expect(usualScale(Array.from({ length: 100 }, (_, at) => 0.001 + at / 100))).toBe("linear");
    expect(usualScale([0, 1e-4, 1])).toBe("linear");
    expect(usualScale([16, 32, 64])).toBe("linear");
    expect(usualScale(["a", null])).toBe("linear");
  });
});

describe("brushes", () => {
  it("are intervals of numbers, open where they reach the end", () => {
    const scale = makeScale([0, 10], "linear");
    expect(filterOf(scale, [0.2, 0.5])).toEqual({ kind: "range", low: 2, high: 5, missing: false });
    expect(filterOf(scale, [0, 0.5])).toMatchObject({ low: Number.NEGATIVE_INFINITY, high: 5 });
    expect(filterOf(scale, [0, 1])).toBeNull();
    for (const span of [
      [0.2, 0.5],
      [0, 0.5],
      [0.5, 1],
    ] as const) {
      expect(spanOf(scale, filterOf(scale, span) ?? undefined)).toEqual(span);
    }
    expect(spanOf(scale, undefined)).toBeNull();
    expect(spanOf(scale, { kind: "text", pattern: "x" })).toBeNull();
  });

  it("are ticked names, and drawn where these stand beside each other", () => {
    const scale = makeScale(["a", "b", "c", "d"], "linear");
    const filter = filterOf(scale, [0.2, 0.7]);
    expect(filter).toEqual({ kind: "values", keys: new Set(['"b"', '"c"']) });
    expect(spanOf(scale, filter ?? undefined)).toEqual([0.25, 0.75]);
    expect(spanOf(scale, { kind: "values", keys: new Set(['"a"', '"c"'].map(String)) })).toBeNull();
  });
});

describe("sessions", () => {
  it("have the runs below them, and torch's the run above", () => {
    const runs = ["a", "a/hp", "b", "b/one", "b/two", "c", "c/eval", "c/eval/x", "."];
    const rows = sessionRows([session("a/hp"), session("b/one"), session("b/two"), session("c")], runs);
    expect(rows.map(({ family }) => family)).toEqual([
      ["a", "a/hp"],
      ["b/one"],
      ["b/two"],
      ["c", "c/eval", "c/eval/x"],
    ]);
    expect(rows.map((row) => runOf(row, ".."))).toEqual(["a", null, null, null]);
    expect(runOf(rows[3] as (typeof rows)[0], "eval")).toBe("c/eval");
    const [whole] = sessionRows([session(".")], [".", "eval"]);
    expect(whole && [whole.family, runOf(whole, "eval"), runOf(whole, "")]).toEqual([[".", "eval"], "eval", "."]);
  });

  it("with equal hyperparameters are one row, but for those that do not count", () => {
    const infos = ["lr", "seed"].map((name) => ({ name, type: "float" as const }));
    const runs = ["s/1", "s/2", "t", "u"];
    const rows = sessionRows(
      [
        session("s/1", { lr: 1, seed: 1 }),
        session("s/2", { lr: 1, seed: 2 }),
        session("t", { lr: 2, seed: 1 }, "g"),
        session("u", { lr: 3, seed: 1 }, "g"),
      ],
      runs,
    );
    expect(groupRows(rows, infos, new Set()).map(({ name, isGroup }) => [name, isGroup])).toEqual([
      ["s/1", false],
      ["s/2", false],
      ["g", true],
    ]);
    expect(groupRows(rows, infos, new Set(["seed"])).map(({ name }) => name)).toEqual(["s …", "g"]);
    expect(commonName(["exp-1", "exp-2"])).toBe("exp …");
    expect(commonName(["a", "b"])).toBe("a …");
  });

  it("have values as they were logged", () => {
    const [row] = sessionRows([session("a", { lr: "NaN", name: "NaN", toString: true })], ["a"]);
    if (!row) throw new Error("no row");
    expect(hparamCell(row, { name: "lr", type: "float" })).toBeNaN();
    expect(hparamCell(row, { name: "name", type: "string" })).toBe("NaN");
    expect(hparamCell(row, { name: "constructor", type: "" })).toBeNull();
  });
});

describe("parallel coordinates", () => {
  const axis = (id: string, cells: readonly Cell[]) => ({
    id,
    scale: makeScale(cells, "linear"),
    span: null,
    colors: null,
  });
  const line = (key: string, cells: readonly Cell[], on = true) => ({ key, cells, on, color: "#000000" });
  const axes = [axis("a", [0, 1]), axis("b", [0, 1]), axis("c", [0, 1])];
  const layout = parallel.layOut(
    axes,
    [line("up", [0, 1, 0]), line("down", [1, 0, 1]), line("off", [1, 1, 1], false)],
    600,
    300,
  );
  const [left, middle] = layout.axes.map(({ x }) => x) as [number, number];

  it("find the line that is nearest, among those in colour", () => {
    expect(parallel.nearest(layout, middle, layout.top + 2, 10)?.key).toBe("up");
    expect(parallel.nearest(layout, middle, layout.bottom - 2, 10)?.key).toBe("down");
    expect(parallel.nearest(layout, middle, (layout.top + layout.bottom) / 2, 10)).toBeNull();
    expect(parallel.nearest(layout, (left + middle) / 2, (layout.top + layout.bottom) / 2, 10)).not.toBeNull();
    expect(parallel.axisAt(layout, middle + 5, 12)?.id).toBe("b");
    expect(parallel.axisAt(layout, middle + 50, 12)).toBeNull();
  });

  it("have a place for what is missing only where something is", () => {
    expect(layout.missing).toBeNull();
    const lacking = parallel.layOut(axes, [line("x", [0, null, Number.NaN])], 600, 300);
    expect(lacking.missing).toBeGreaterThan(lacking.bottom);
    expect([...(lacking.lines[0]?.y ?? [])]).toEqual([lacking.bottom, lacking.missing, lacking.missing]);
  });

  it("say before which axis one is dropped", () => {
    expect(parallel.dropBefore(layout, "c", left - 10)).toBe("a");
    expect(parallel.dropBefore(layout, "c", left + 10)).toBe("b");
    expect(parallel.dropBefore(layout, "a", 599)).toBeNull();
  });
});

describe("scatter matrix", () => {
  const side = (id: string, cells: readonly Cell[], span: readonly [number, number] | null = null) => ({
    ...{ id, title: id, span, cells },
    scale: makeScale(cells, "linear"),
  });
  const marks = ["p", "q", "r"].map((key) => ({ key, color: "#000000", on: true }));
  const layout = scatter.layOut([side("x", [0, 5, 10])], [side("y", [1, null, 3], [0.5, 1])], marks, 400);
  const plot = layout.plots[0] as (typeof layout.plots)[0];

  it("has a point where both values are there, and finds it", () => {
    expect([...plot.x].map(Number.isNaN)).toEqual([false, true, false]);
    expect(scatter.nearest(layout, plot, plot.x[2] as number, plot.y[2] as number, 5)?.key).toBe("r");
    expect(scatter.plotAt(layout, plot.left + 1, plot.top + 1)).toBe(plot);
    expect(scatter.plotAt(layout, 1, 1)).toBeNull();
  });

  it("turns a box into stretches of both axes, and back", () => {
    const [x, y] = [plot.x[2] as number, plot.y[2] as number];
    const spans = scatter.spansBetween(plot, x, y, plot.x[0] as number, plot.y[0] as number);
    expect(spans).toEqual({ across: [0, 1], down: [0, 1] });
    const box = scatter.brushBox(plot);
    expect(box?.width).toBe(plot.width);
    expect(box && box.height < plot.height / 2).toBe(true);
  });

  it("ranks for the correlation, equal values together", () => {
    expect(scatter.spearman([1, 2, 3, 4].map((v) => [v, v ** 3]))).toBeCloseTo(1);
    expect(scatter.spearman([1, 2, 3, 4].map((v) => [v, -v]))).toBeCloseTo(-1);
    expect(
      scatter.spearman([
        [1, 1],
        [2, 1],
        [3, 2],
      ]),
    ).toBeCloseTo(Math.sqrt(3) / 2);
    expect(scatter.spearman([[1, 1]])).toBeNaN();
    expect(scatter.spearman([1, 2, 3].map((v) => [v, 7]))).toBeNaN();
  });
});

it("tells cells apart by keys", () => {
  expect(new Set([1, "1", true, "true", null, "null", Number.NaN, "NaN"].map(cellKey)).size).toBe(8);
});
