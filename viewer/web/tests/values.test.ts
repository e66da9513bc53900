import { describe, expect, it } from "vitest";
import { placeCodec, placesCodec, readPlace, tidy, writePlace } from "../src/dashboards/scalars/places";
import { columnsFor, sortRows, type TableRow, tableText } from "../src/dashboards/scalars/value_columns";

const point = (value: number | "NaN", step = 0) => ({
  x: step,
  step,
  wall_time: 0,
  relative: 0,
  value,
  smoothed: null,
});

const row = (run: string, value: number | "NaN" | null): TableRow => ({
  ...{ key: run, run, tag: "t", label: run, color: "#000000", dash: [] },
  stats: { run, total: 1, at: value === null ? null : point(value) },
});

describe("places", () => {
  it("are one number, or two in order", () => {
    expect(readPlace("120")).toEqual({ from: 120, to: null });
    expect(readPlace("9,-3.5")).toEqual({ from: -3.5, to: 9 });
    expect(readPlace("4,4")).toEqual({ from: 4, to: null });
    for (const text of ["", ",", "1,", "a", "1,2,3", "Infinity"]) expect(readPlace(text)).toBeUndefined();
    expect(writePlace({ from: 1 / 3, to: 2 })).toBe("0.333333333333,2");
  });

  it("are whole on an axis of steps", () => {
    expect(tidy({ from: 4.4, to: 2.2 })).toEqual({ from: 2, to: 4 });
    expect(tidy({ from: 4.4, to: 3.6 })).toEqual({ from: 4, to: null });
  });

  it("come back from the address, those of single charts with any name", () => {
    expect(placeCodec.read(placeCodec.write({ from: 1, to: 2 }))).toEqual({ from: 1, to: 2 });
    const places = new Map([["a:b,c", { from: 3, to: null }]]);
    expect(placesCodec.read(placesCodec.write(places))).toEqual(places);
    expect(placesCodec.read(["x", "1,2,3:a", ":b"])).toEqual(new Map());
  });
});

describe("the table of values", () => {
  const columns = columnsFor(false, false);

  it("is sorted by numbers, those that are missing last either way", () => {
    const rows = [row("a", 2), row("b", null), row("c", -1), row("d", "NaN"), row("e", 10)];
    const order = (descending: boolean): string[] =>
      sortRows(rows, columns, { by: "value", descending }).map(({ run }) => run);
    expect(order(false).slice(0, 3)).toEqual(["c", "a", "e"]);
    expect(order(true).slice(0, 3)).toEqual(["e", "a", "c"]);
    expect(sortRows(rows, columns, { by: "run", descending: true })[0]?.run).toBe("e");
  });

  it("is copied with all digits, and names are no formulas", () => {
    const text = tableText([row("=1+1\tx", 0.1 + 0.2), row("b", null)], columns);
    const [head, first, second] = text.split("\n").map((line) => line.split("\t"));
    expect(head).toEqual(["Run", "Tag", "Value", "Step", "Relative"]);
    expect(first?.[0]).toBe("'=1+1 x");
    expect(Number(first?.[2])).toBe(0.1 + 0.2);
    expect(second?.slice(2)).toEqual(["", "", ""]);
  });

  it("has a column of smoothed values only where lines are smoothed", () => {
    for (const isRange of [false, true]) {
      expect(columnsFor(isRange, true).map(({ id }) => id)).toContain("smoothed");
      expect(columnsFor(isRange, false).map(({ id }) => id)).not.toContain("smoothed");
    }
  });
});
