import { expect, test } from "vitest";
import { fittingTabs } from "../src/frame/tab_fit";
import { nextItem } from "../src/ui/Menu";

const room = { width: 300, more: 60, gap: 4, needsMenu: false };
const fourteen = Array.from({ length: 14 }, () => 96);

test("all tabs stand in a bar that has room for them", () => {
  expect(fittingTabs([96, 96, 100], 0, room)).toEqual([0, 1, 2]);
  expect(fittingTabs([96, 96, 101], 0, room)).toEqual([0, 1]);
});

test("the menu's button takes its room as well", () => {
  expect(fittingTabs([96, 96, 100], 0, { ...room, needsMenu: true })).toEqual([0, 1]);
});

test("the current tab is shown wherever it stands, in the order of all", () => {
  expect(fittingTabs(fourteen, 9, room)).toEqual([0, 9]);
  expect(fittingTabs(fourteen, 0, room)).toEqual([0, 1]);
  expect(fittingTabs(fourteen, 13, { ...room, width: 40 })).toEqual([13]);
  expect(fittingTabs([], -1, room)).toEqual([]);
});

test("no later tab takes the place of one that is too wide", () => {
  expect(fittingTabs([96, 200, 40, 40], 0, room)).toEqual([0]);
});

test("keys move in a menu, round its ends, and to first letters", () => {
  const items = ["Images", "Text", "Histograms", "Time series"].map((textContent) => ({ textContent }));
  const [images, text, histograms, series] = items;
  expect(nextItem(items, 3, "ArrowDown")).toBe(images);
  expect(nextItem(items, 0, "ArrowUp")).toBe(series);
  expect(nextItem(items, -1, "ArrowDown")).toBe(images);
  expect(nextItem(items, 1, "End")).toBe(series);
  expect(nextItem(items, 0, "t")).toBe(text);
  expect(nextItem(items, 1, "t")).toBe(series);
  expect(nextItem(items, 1, "h")).toBe(histograms);
  expect(nextItem(items, 1, "x")).toBeUndefined();
});
