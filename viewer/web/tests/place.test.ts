import { describe, expect, it } from "vitest";
import { placeBeside, placeClear, windowAround } from "../src/ui/tooltip_place";

const WINDOW = { width: 900, height: 700 };

describe("a box beside the pointer", () => {
  it("stays in the window wherever the pointer is", () => {
    for (const box of [
      { width: 300, height: 200 },
      { width: 860, height: 680 },
    ]) {
      for (let x = 0; x <= WINDOW.width; x += 50) {
        for (let y = 0; y <= WINDOW.height; y += 50) {
          const { left, top } = placeBeside({ x, y }, box, WINDOW);
          expect(left).toBeGreaterThanOrEqual(8);
          expect(top).toBeGreaterThanOrEqual(8);
          expect(left + box.width).toBeLessThanOrEqual(WINDOW.width - 8);
          expect(top + box.height).toBeLessThanOrEqual(WINDOW.height - 8);
        }
      }
    }
  });

  it("stands right of the pointer, or left of it where there is no room", () => {
    const box = { width: 300, height: 100 };
    expect(placeBeside({ x: 100, y: 350 }, box, WINDOW).left).toBe(116);
    expect(placeBeside({ x: 800, y: 350 }, box, WINDOW).left).toBe(484);
  });
});

describe("a box that keeps a chart clear", () => {
  const box = { width: 300, height: 120 };
  const place = (top: number, bottom: number, height = 120) =>
    placeClear({ x: 450, y: (top + bottom) / 2 }, { top, bottom }, { ...box, height }, WINDOW);

  it("stands below it, or above it where there is no room", () => {
    expect(place(100, 300)).toEqual({ left: 300, top: 308 });
    expect(place(400, 640)).toEqual({ left: 300, top: 272 });
  });

  it("stands beside the pointer where it is too tall for either", () => {
    expect(place(200, 500, 400).left).toBe(466);
  });
});

describe("rows around the one that matters", () => {
  it.each([
    [0, 50, 10, 0, 10],
    [25, 50, 10, 20, 30],
    [49, 50, 10, 40, 50],
    [3, 5, 10, 0, 5],
  ])("%d of %d in %d: %d to %d", (index, count, room, first, last) =>
    expect(windowAround(index, count, room)).toEqual({ first, last }),
  );
});
