import { expect, test } from "vitest";
import { nearestPage, onPage, pageCount } from "../src/ui/pages";

const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

test("a list is cut into pages, the last of them shorter", () => {
  expect(pageCount(10, 4)).toBe(3);
  expect(onPage(ten, 0, 4)).toEqual([0, 1, 2, 3]);
  expect(onPage(ten, 2, 4)).toEqual([8, 9]);
});

test("a page that is not there any more becomes the nearest one", () => {
  expect(onPage(ten, 7, 4)).toEqual([8, 9]);
  expect(nearestPage(-3, 10, 4)).toBe(0);
  expect(nearestPage(Number.NaN, 10, 4)).toBe(0);
  expect(nearestPage(1, 0, 4)).toBe(0);
});

test("all is on one page where no size is set, or it fits", () => {
  expect(onPage(ten, 3, 0)).toBe(ten);
  expect(pageCount(10, 0)).toBe(1);
  expect(pageCount(4, 4)).toBe(1);
  expect(pageCount(0, 4)).toBe(1);
});
