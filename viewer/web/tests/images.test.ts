import { describe, expect, it } from "vitest";
import { comparedSize, formatShare, subtract } from "../src/dashboards/images/difference";
import {
  type Frame,
  overflows,
  panBy,
  pixelAt,
  place,
  type View,
  WHOLE,
  zoomAt,
} from "../src/dashboards/images/geometry";
import { choosePair, pairOf } from "../src/dashboards/images/pairs";
import { fileName } from "../src/media/files";
import { linkTo } from "../src/media/linked";
import { nearestStep, stepAtOrBefore, unionOfSteps } from "../src/media/steps";

describe("steps", () => {
  it("takes the nearest of those there are", () => {
    expect(nearestStep([0, 10, 20], 14)).toBe(1);
    expect(nearestStep([0, 10, 20], 15)).toBe(2);
    expect(nearestStep([5, 5, 5], 5)).toBe(2);
  });

  it("takes the greatest step that is not after the wanted one, also where steps go back", () => {
    expect(stepAtOrBefore([0, 10, 20], 19)).toBe(1);
    expect(stepAtOrBefore([0, 10, 20], 20)).toBe(2);
    expect(stepAtOrBefore([10, 20], 3)).toBe(0);
    expect(stepAtOrBefore([0, 10, 20, 5, 10], 12)).toBe(4);
    expect(stepAtOrBefore([30, 20, 25], 3)).toBe(1);
  });

  it("knows every step of any card, once", () => {
    expect(unionOfSteps([[3, 1], [2, 3], []])).toEqual([1, 2, 3]);
  });

  it("follows the latest from the last step on", () => {
    expect(linkTo(3, [1, 3])).toBeNull();
    expect(linkTo(1, [1, 3])).toBe(1);
  });
});

describe("geometry", () => {
  const frame: Frame = {
    room: { width: 200, height: 100 },
    picture: { width: 50, height: 50 },
    actual: false,
    density: 1,
  };

  it("fits a picture into the middle of its room", () => {
    expect(place(WHOLE, frame)).toEqual({ left: 50, top: 0, width: 100, height: 100, scale: 2 });
  });

  it("gives each pixel a device pixel at actual size", () => {
    const { width, left, scale } = place(WHOLE, { ...frame, actual: true, density: 2 });
    expect([width, scale, left * 2]).toEqual([25, 0.5, Math.round(left * 2)]);
  });

  it("keeps the point under the pointer while it zooms, and leaves no room empty", () => {
    const at = { x: 120, y: 30 };
    let view: View = WHOLE;
    const before = pixelAt(at, place(view, frame), frame.picture);
    view = zoomAt(view, 4, at, frame);
    const box = place(view, frame);
    expect(pixelAt(at, box, frame.picture)).toEqual(before);
    expect(overflows(view, frame)).toBe(true);
    for (const [dx, dy] of [
      [1e4, 1e4],
      [-1e4, -1e4],
    ] as const) {
      const moved = place(panBy(view, dx, dy, frame), frame);
      expect(moved.left <= 0 && moved.top <= 0).toBe(true);
      expect(moved.left + moved.width >= 200 && moved.top + moved.height >= 100).toBe(true);
    }
    // Moved to an edge, it comes back at once.
    const edge = panBy(view, 1e4, 0, frame);
    expect(place(panBy(edge, -10, 0, frame), frame).left).toBeCloseTo(-10, 0);
  });

  it("never shows less than the whole picture, nor a pixel wider than the eye needs", () => {
    expect(zoomAt(WHOLE, 0.01, { x: 0, y: 0 }, frame)).toEqual(WHOLE);
    expect(place(zoomAt(WHOLE, 1e9, { x: 0, y: 0 }, frame), frame).scale).toBe(96);
  });

  it("knows no pixel beside the picture", () => {
    const box = place(WHOLE, frame);
    expect(pixelAt({ x: 49, y: 50 }, box, frame.picture)).toBeNull();
    expect(pixelAt({ x: 50, y: 99 }, box, frame.picture)).toEqual({ x: 0, y: 49 });
  });
});

describe("difference", () => {
  const of = (...values: number[]) => new Uint8ClampedArray(values);

  it("is absolute, amplified and clipped", () => {
    const out = of(...Array(8).fill(0));
    const found = subtract(of(10, 20, 30, 255, 0, 0, 0, 255), of(12, 10, 30, 255, 0, 0, 0, 255), 3, out);
    expect([...out]).toEqual([6, 30, 0, 255, 0, 0, 0, 255]);
    expect(found).toEqual({ mean: 2, most: 10, share: 0.5 });
    subtract(of(255, 0, 0, 255), of(0, 0, 0, 255), 20, out);
    expect([...out.slice(0, 4)]).toEqual([255, 0, 0, 255]);
  });

  it("sees that one picture is clear where the other is not", () => {
    const out = of(0, 0, 0, 0);
    expect(subtract(of(0, 0, 0, 255), of(0, 0, 0, 55), 1, out).most).toBe(200);
    expect([...out]).toEqual([200, 200, 200, 255]);
  });

  it("compares huge pictures reduced", () => {
    const { width, height } = comparedSize(20_000, 10_000);
    expect(width * height).toBeLessThanOrEqual(4096 * 2048);
    expect(comparedSize(300, 200)).toEqual({ width: 300, height: 200 });
  });

  it("says no 0 % of something", () => {
    expect([0, 1e-6, 0.123, 0.9999, 1].map(formatShare)).toEqual(["0 %", "< 0.1 %", "12 %", "> 99.9 %", "100 %"]);
  });
});

describe("pairs", () => {
  it("takes the first two runs until others are chosen, and swaps them", () => {
    const names = ["a", "b", "c"];
    expect(pairOf("tag", names)).toEqual(["a", "b"]);
    expect(pairOf("tag", ["a"])).toBeNull();
    choosePair("tag", ["a", "b"], 1, "c");
    expect(pairOf("tag", names)).toEqual(["a", "c"]);
    choosePair("tag", ["a", "c"], 0, "c");
    expect(pairOf("tag", names)).toEqual(["c", "a"]);
    // A run that is not shown gives way to another.
    expect(pairOf("tag", ["a", "b"])).toEqual(["b", "a"]);
  });
});

describe("fileName", () => {
  it("is safe whatever a log is called", () => {
    expect(fileName("samples/grid", "run 1", 30, "image/png")).toBe("samples-grid_run-1_step-30.png");
    expect(fileName("../..\\<x>", "ü", 3, "image/svg+xml", 2)).toBe("x_ü_step-3_3.bin");
    expect(fileName("a".repeat(500), "b", 1, "audio/wav").length).toBeLessThan(120);
  });
});
