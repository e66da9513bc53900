import { describe, expect, it } from "vitest";
import { isLong } from "../src/dashboards/texts/Folded";
import { markIn, placesOf } from "../src/dashboards/texts/mark";

describe("placesOf", () => {
  it("finds every place, whatever the capitals", () => {
    expect(placesOf("Loss and loss", "LOSS")).toEqual([
      [0, 4],
      [9, 13],
    ]);
    expect(placesOf("aaaa", "aa")).toEqual([
      [0, 2],
      [2, 4],
    ]);
    expect(placesOf("abc", "")).toEqual([]);
  });

  it("is right where small letters are longer", () => {
    expect(placesOf("İİ x", "x")).toEqual([[3, 4]]);
  });
});

describe("markIn", () => {
  it("marks text and makes nothing else of it", () => {
    const root = document.createElement("div");
    root.append("a <b>x</b> A", document.createElement("p"));
    root.querySelector("p")?.append("<img src=a>");
    markIn(root, "a");
    expect([...root.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["a", "A", "a"]);
    expect(root.textContent).toBe("a <b>x</b> A<img src=a>");
    expect(root.querySelector("b, img")).toBeNull();
    const before = root.innerHTML;
    markIn(root, "");
    expect(root.innerHTML).toBe(before);
  });

  it("marks a bounded number", () => {
    const root = document.createElement("div");
    root.append("x".repeat(10_000));
    markIn(root, "x");
    expect(root.querySelectorAll("mark")).toHaveLength(500);
  });
});

describe("isLong", () => {
  it("counts lines, characters and cells", () => {
    expect(isLong(["short"])).toBe(false);
    expect(isLong(["x\n".repeat(20)])).toBe(true);
    expect(isLong(["x".repeat(2000)])).toBe(true);
    expect(isLong(Array(30).fill(""))).toBe(true);
  });
});
