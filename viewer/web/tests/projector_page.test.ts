import { describe, expect, it } from "vitest";
import { bookmarkOf } from "../src/dashboards/projector/bookmarks";
import { colorAt, colorBy, columnUnasked, rgbOfAll } from "../src/dashboards/projector/coloring";
import { fitted, spreadOut } from "../src/dashboards/projector/fit";
import type { Table } from "../src/projector/types";

const table = (columns: Record<string, string[]>): Table => ({
  names: Object.keys(columns),
  columns: Object.values(columns),
  numeric: Object.values(columns).map((texts) => texts.every((text) => !text || Number.isFinite(Number(text)))),
});

describe("colours", () => {
  const many = Array.from({ length: 60 }, (_, i) => i);
  const rows = table({
    name: many.map((i) => `name ${i}`),
    kind: many.map((i) => `k${i % 12}`),
    size: many.map((i) => (i === 7 ? "" : String(i))),
    same: many.map(() => "x"),
  });

  it("are those of the first column of a few classes, unless somebody asks for another", () => {
    expect(columnUnasked(rows)).toBe(1);
    expect(columnUnasked(table({ name: rows.columns[0] as string[], size: rows.columns[2] as string[] }))).toBe(1);
    expect(columnUnasked(table({ same: rows.columns[3] as string[] }))).toBeNull();
    expect(columnUnasked(null)).toBeNull();
  });

  it("are one for each class, in the order people count", () => {
    const coloring = colorBy(rows, 1, "auto", "light");
    if (coloring.kind !== "classes") throw new Error(coloring.kind);
    expect(coloring.classes.map(({ value }) => value).slice(0, 3)).toEqual(["k0", "k1", "k2"]);
    expect(coloring.classes.at(-1)?.value).toBe("k11");
    expect(new Set(coloring.classes.map(({ color }) => color)).size).toBe(12);
    expect(coloring.classes.every(({ count }) => count === 5)).toBe(true);
    expect(colorAt(coloring, 13, "light")).toBe(coloring.classes[1]?.color);
  });

  it("run from the least to the greatest of many numbers, and what is no number is grey", () => {
    const coloring = colorBy(rows, 2, "auto", "light");
    expect(coloring).toMatchObject({ kind: "gradient", low: 0, high: 59, without: 1 });
    expect(colorAt(coloring, 0, "light")).not.toBe(colorAt(coloring, 59, "light"));
    expect(colorAt(coloring, 7, "light")).toBe(colorAt(coloring, 99, "light"));
    expect(colorBy(rows, 2, "classes", "light").kind).toBe("classes");
    // Names have no other way.
    expect(colorBy(rows, 0, "gradient", "light").kind).toBe("classes");
  });

  it("are the same for points that stand alone", () => {
    const coloring = colorBy(rows, 1, "auto", "dark");
    const all = rgbOfAll(coloring, 60, null, "dark");
    const some = rgbOfAll(coloring, 2, Int32Array.from([5, 17]), "dark");
    expect([...some]).toEqual([...all.subarray(15, 18), ...all.subarray(51, 54)]);
  });
});

describe("places in the scene", () => {
  it("fill the ball, whatever the size of the coordinates", () => {
    const places = fitted(Float32Array.from([1e6, 0, 1, 1e6 + 4, 0, 2, 1e6, 3, 3]), 3, [0, 1], 2);
    expect([...places].map((value) => Math.round(value * 100) / 100)).toEqual([
      -0.8, -0.6, 0, 0.8, -0.6, 0, -0.8, 0.6, 0,
    ]);
  });

  it("are of the chosen components, and nowhere for what is not finite", () => {
    const places = fitted(Float32Array.from([0, 5, 2, 5, Number.NaN, 5]), 2, [0, 1, 2], 3);
    expect([...places.subarray(0, 6)]).toEqual([-1, 0, 0, 1, 0, 0]);
    expect(places[6]).toBeNaN();
  });

  it("of a sample are those of the points it holds", () => {
    const all = spreadOut(Float32Array.from([1, 2, 3, 4]), 2, Int32Array.from([0, 2]), 3);
    expect([...all.subarray(0, 2), ...all.subarray(4)]).toEqual([1, 2, 3, 4]);
    expect(all[2]).toBeNaN();
  });
});

describe("bookmarks from files", () => {
  it("of TensorBoard are understood", () => {
    const found = bookmarkOf({
      label: "A",
      selectedProjection: "umap",
      umapIs3d: true,
      projections: [{ "umap-0": 1, "umap-1": 2, "umap-2": 3 }],
      selectedPoints: [4, 5],
      filteredPoints: [1, 4, 5],
      selectedColorOptionName: "label",
      forceCategoricalColoring: true,
    });
    expect(found).toMatchObject({
      ...{ name: "A", view: "umap", flat: false, caught: [4, 5], picked: -1, isolated: [1, 4, 5] },
      ...{ color: "=label", colorAs: "classes", layout: { dims: 3, coords: [1, 2, 3] } },
    });
  });

  it.each([null, 3, "x", [], {}, { selectedProjection: "evil" }])("that are none are refused: %j", (state) => {
    expect(bookmarkOf(state)).toBeNull();
  });

  it("bounds what goes into the address", () => {
    const long = "c".repeat(100_000);
    const found = bookmarkOf({ selectedProjection: "pca", label: long, cellboard: { view: "pca", color: long } });
    expect([found?.name.length, found?.color.length]).toEqual([200, 200]);
  });

  it("have no more in them than they may have", () => {
    const found = bookmarkOf({
      selectedProjection: "tsne",
      label: "x".repeat(9999),
      pcaComponentDimensions: [-1, 99, "2"],
      projections: [{ "tsne-0": "1", "tsne-1": Number.POSITIVE_INFINITY }],
      selectedPoints: [-4, 1.5, "7", 3],
      cellboard: { camera: { yaw: "0", pitch: 0, distance: -1, target: [0, 0] }, colorAs: "evil", caught: "all" },
    });
    expect(found).toMatchObject({ components: [0, 1, 2], layout: null, camera: null, colorAs: "auto", caught: [] });
    expect(found?.name).toHaveLength(200);
  });
});
