import { render } from "preact";
import { describe, expect, it } from "vitest";
import { rawText } from "../src/dashboards/texts/settings";
import { TextTable } from "../src/dashboards/texts/TextTable";

function rows(shape: number[], cells: string[]): string[][] {
  rawText.value = true;
  const host = document.createElement("div");
  render(<TextTable entry={{ step: 0, wall_time: 0, shape, cells }} />, host);
  return [...host.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent));
}

describe("TextTable", () => {
  it("shows one text as a text", () => {
    expect(rows([], ["a"])).toEqual([]);
    expect(rows([1], ["a"])).toEqual([]);
  });

  it("shows one dimension as a column and two as a table", () => {
    expect(rows([3], ["a", "b", "c"])).toEqual([["a"], ["b"], ["c"]]);
    expect(rows([2, 2], ["a", "b", "<b>", "d"])).toEqual([
      ["a", "b"],
      ["<b>", "d"],
    ]);
  });

  it("cuts tables that would freeze the page, whatever shape they claim", () => {
    expect(rows([5000], Array(5000).fill("x"))).toHaveLength(500);
    expect(rows([1, 900], Array(900).fill("x"))[0]).toHaveLength(100);
    expect(rows([1e9, 0], ["a", "b"])).toEqual([["a"], ["b"]]);
  });
});
