import { describe, expect, it } from "vitest";
import { compareNatural } from "../src/runs/natural";
import { buildTree, countTicked, flatTree, type RunTree, rowsOf, type TreeNode } from "../src/runs/tree";

const natural = (names: readonly string[]): number[] =>
  names.map((_, index) => index).sort((a, b) => compareNatural(names[a] ?? "", names[b] ?? ""));
const treeOf = (names: readonly string[]): RunTree => buildTree(names, natural(names));

/** A tree as nested labels: `[folder, ...children]`. */
const shape = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map((node) => (node.kind === "run" ? node.label : [node.label, ...shape(node.children)]));

describe("compareNatural", () => {
  it("counts numbers as numbers, of any length, and goes part by part", () => {
    const sorted = [
      "a",
      "a/1",
      "a/02",
      "a/2",
      "a/10",
      `a/${"9".repeat(40)}`,
      "a!",
      "a-b/1",
      "b",
      "lr=0.001",
      "lr=0.05",
      "lr=0.1/x",
      "lr=0.5",
      "v1.9",
      "v1.10",
    ];
    expect([...sorted].reverse().sort(compareNatural)).toEqual(sorted);
  });

  it("is an order: no two names are equal, and swapping turns it round", () => {
    const names = ["x1", "x01", "x001y", "x1y", "x", "", "/", "x/", "1", "01", "x1/a", "x01/a"];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
        expect(compareNatural(a, b) === 0).toBe(a === b);
      }
    }
  });
});

describe("buildTree", () => {
  it("makes folders of what runs have in common", () => {
    const tree = treeOf(["lr=0.1/adam", "lr=0.01/sgd", "lr=0.1/sgd", "base"]);
    expect(shape(tree.nodes)).toEqual(["base", "lr=0.01/sgd", ["lr=0.1", "adam", "sgd"]]);
    expect(tree.folders).toEqual(["lr=0.1"]);
  });

  it("folds folders that hold one thing only", () => {
    const tree = treeOf(["a/b/c/1", "a/b/c/2", "x/y/z"]);
    expect(shape(tree.nodes)).toEqual([["a/b/c", "1", "2"], "x/y/z"]);
    expect(tree.folders).toEqual(["a/b/c"]);
  });

  it("shows a run that holds others as a folder with itself first", () => {
    const tree = treeOf(["exp/173", "exp", "deep/er", "deep/er/1"]);
    expect(shape(tree.nodes)).toEqual([
      ["deep/er", "er", "1"],
      ["exp", "exp", "173"],
    ]);
    expect(tree.order).toEqual([2, 3, 1, 0]);
  });

  it("puts a folder where the first of its runs stands in the order that is asked for", () => {
    const names = ["a/1", "b", "a/2"];
    expect(shape(buildTree(names, [2, 1, 0]).nodes)).toEqual([["a", "2", "1"], "b"]);
    expect(shape(flatTree(names, [2, 1, 0]).nodes)).toEqual(["a/2", "b", "a/1"]);
  });

  it("takes odd names", () => {
    expect(shape(treeOf([".", "", "a//b", "a//c", "__proto__/x"]).nodes)).toEqual([
      "",
      ".",
      "__proto__/x",
      ["a/", "b", "c"],
    ]);
  });

  it("holds every run once, whatever the names", () => {
    const names = Array.from({ length: 500 }, (_, i) => [i % 3, i % 5, i % 7, i].slice(i % 4).join("/"));
    const tree = treeOf(names);
    expect([...tree.order].sort((a, b) => a - b)).toEqual(names.map((_, index) => index));
    const rows = rowsOf(tree, () => true);
    expect(rows.flatMap(({ node }) => (node.kind === "run" ? [node.run] : []))).toEqual(tree.order);
    for (const { node } of rows) {
      if (node.kind === "folder") {
        const below = tree.order.slice(node.first, node.last).map((run) => names[run]);
        expect(below.every((name) => name === node.path || name?.startsWith(`${node.path}/`))).toBe(true);
        expect(below.length).toBeGreaterThan(1);
      }
    }
  });
});

describe("rowsOf", () => {
  const tree = treeOf(["a/b/1", "a/b/2", "a/c", "d"]);

  it("leaves out what is in closed folders and knows each row's place", () => {
    const rows = rowsOf(tree, (path) => path === "a");
    expect(
      rows.map(({ node, depth, parent, position, siblings }) => [node.label, depth, parent, position, siblings]),
    ).toEqual([
      ["a", 0, -1, 1, 2],
      ["b", 1, 0, 1, 2],
      ["c", 1, 0, 2, 2],
      ["d", 0, -1, 2, 2],
    ]);
  });

  it("counts ticked runs of a folder by one subtraction", () => {
    const sums = countTicked(tree.order, (run) => run !== 1);
    const counts = rowsOf(tree, () => true).flatMap(({ node }) =>
      node.kind === "folder" ? [[node.path, (sums[node.last] ?? 0) - (sums[node.first] ?? 0)]] : [],
    );
    expect(counts).toEqual([
      ["a", 2],
      ["a/b", 1],
    ]);
  });
});
