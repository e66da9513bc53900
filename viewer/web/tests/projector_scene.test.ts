import { describe, expect, it } from "vitest";
import {
  cameraAtFirst,
  fittingDistance,
  moved,
  turned,
  viewMatrix,
  zoomed,
} from "../src/dashboards/projector/scene/camera";
import { placeLabels, shortLabel } from "../src/dashboards/projector/scene/labels";
import { DepthOrder } from "../src/dashboards/projector/scene/order";
import { pointNear, pointsInBox, pointsInLoop, project } from "../src/dashboards/projector/scene/project";
import { cellOf, planSheet } from "../src/dashboards/projector/scene/sheet";
import { Thinning, thinned } from "../src/dashboards/projector/scene/thinning";

const [WIDTH, HEIGHT] = [800, 600];
const see = (places: number[], camera = cameraAtFirst(WIDTH, HEIGHT, 3), dims: 2 | 3 = 3) =>
  project(Float32Array.from(places), viewMatrix(camera, WIDTH, HEIGHT, dims), WIDTH, HEIGHT);

describe("the camera", () => {
  it("has the origin in the middle, and all of the ball in view", () => {
    const ball = Array.from({ length: 500 }, (_, i) => {
      const [up, around] = [Math.acos(1 - (2 * (i + 0.5)) / 500), i * 2.4];
      return [Math.sin(up) * Math.cos(around), Math.cos(up), Math.sin(up) * Math.sin(around)];
    }).flat();
    for (const [width, height] of [
      [800, 600],
      [300, 900],
    ] as const) {
      const matrix = viewMatrix(cameraAtFirst(width, height, 3), width, height, 3);
      const { x, y } = project(Float32Array.from([0, 0, 0, ...ball]), matrix, width, height);
      expect(x[0]).toBeCloseTo(width / 2, 3);
      expect(y[0]).toBeCloseTo(height / 2, 3);
      expect(Math.min(...x)).toBeGreaterThan(0);
      expect(Math.max(...x)).toBeLessThan(width);
      expect(Math.min(...y)).toBeGreaterThan(0);
      expect(Math.max(...y)).toBeLessThan(height);
    }
  });

  it("looks on the plane in 2D: x to the right, y up", () => {
    const camera = { ...cameraAtFirst(WIDTH, HEIGHT, 2), distance: fittingDistance(WIDTH, HEIGHT, 2) };
    const { x, y } = see([0, 0, 0, 0.5, 0, 0, 0, 0.5, 0], camera, 2);
    expect((x[1] as number) - (x[0] as number)).toBeCloseTo((y[0] as number) - (y[2] as number), 3);
    expect(x[1]).toBeGreaterThan(x[0] as number);
    expect(y[2]).toBeLessThan(y[0] as number);
  });

  it("moves points along with a drag, to the pixel", () => {
    for (const dims of [2, 3] as const) {
      const camera = cameraAtFirst(WIDTH, HEIGHT, dims);
      const { x, y } = see([0, 0, 0], moved(camera, 30, -20, HEIGHT, dims), dims);
      expect(x[0]).toBeCloseTo(WIDTH / 2 + 30, 2);
      expect(y[0]).toBeCloseTo(HEIGHT / 2 - 20, 2);
    }
  });

  it("keeps what is under the pointer there when it goes nearer", () => {
    const camera = cameraAtFirst(WIDTH, HEIGHT, 2);
    const before = see([0.3, 0.2, 0], camera, 2);
    const [dx, dy] = [(before.x[0] as number) - WIDTH / 2, (before.y[0] as number) - HEIGHT / 2];
    const after = see([0.3, 0.2, 0], zoomed(camera, 0.5, dx, dy, HEIGHT, 2), 2);
    expect(after.x[0]).toBeCloseTo(before.x[0] as number, 2);
    expect(after.y[0]).toBeCloseTo(before.y[0] as number, 2);
  });

  it("turns without end around, and not over the top", () => {
    let camera = cameraAtFirst(WIDTH, HEIGHT, 3);
    for (let i = 0; i < 100; i++) camera = turned(camera, 50, 90, HEIGHT);
    expect(Math.abs(camera.yaw)).toBeLessThanOrEqual(Math.PI);
    expect(camera.pitch).toBeLessThan(Math.PI / 2);
    expect(camera.distance).toBe(cameraAtFirst(WIDTH, HEIGHT, 3).distance);
  });
});

describe("points on the screen", () => {
  it("are not there behind the eye", () => {
    const { x } = see([0, 0, 0, 0, 0, 9], { yaw: 0, pitch: 0, distance: 3, target: [0, 0, 0] });
    expect(x[0]).toBeCloseTo(WIDTH / 2, 3);
    expect(x[1]).toBeNaN();
  });

  const spots = {
    count: 4,
    x: Float32Array.from([100, 103, 200, Number.NaN]),
    y: Float32Array.from([100, 100, 200, 10]),
    depth: Float32Array.from([3, 2, 2, 2]),
  };

  it("are meant by who points at them: what is in front, else what is nearest", () => {
    expect(pointNear(spots, 100, 100, () => 6, 10)).toBe(1);
    expect(pointNear(spots, 100, 100, () => 1, 10)).toBe(0);
    expect(pointNear(spots, 204, 205, () => 2, 10)).toBe(2);
    expect(pointNear(spots, 230, 200, () => 2, 10)).toBe(-1);
  });

  it("are caught by boxes and loops", () => {
    expect([...pointsInBox(spots, { left: 101, top: 90, right: 201, bottom: 201 })]).toEqual([1, 2]);
    // A loop with a bay: what is in the bay is outside.
    const loop = [90, 90, 210, 90, 210, 210, 190, 210, 190, 120, 90, 120];
    expect([...pointsInLoop(spots, loop)]).toEqual([0, 1, 2]);
    const bay = { ...spots, x: Float32Array.from([150, 150, 0, 0]), y: Float32Array.from([160, 100, 0, 0]) };
    expect([...pointsInLoop(bay, loop)]).toEqual([1]);
    expect([...pointsInLoop(spots, [0, 0, 9, 9])]).toEqual([]);
  });

  it("are drawn far ones first, those in front last, hidden and unknown ones not at all", () => {
    const places = Float32Array.from([0, 0, 1, 0, 0, -1, 0, 0, 0, Number.NaN, 0, 0, 0, 0, 0.5]);
    const matrix = viewMatrix({ yaw: 0, pitch: 0, distance: 3, target: [0, 0, 0] }, WIDTH, HEIGHT, 3);
    const sorting = new DepthOrder();
    expect([...sorting.sort(places, matrix, null)]).toEqual([1, 2, 4, 0]);
    expect([...sorting.sort(places, matrix, Uint8Array.from([0, 1, 0, 0, 2]))]).toEqual([2, 0, 1]);
  });

  it("are fewer while they are turned slowly, and all there again after that", () => {
    const order = Uint32Array.from({ length: 40_000 }, (_, i) => i);
    const half = thinned(order, 0.5);
    expect(half.length / order.length).toBeCloseTo(0.5, 1);
    // Of every class alike, however the file is ordered.
    for (let of = 0; of < 10; of++) {
      expect(half.filter((i) => i % 10 === of).length / 4000).toBeCloseTo(0.5, 1);
    }
    const thinning = new Thinning(() => undefined);
    thinning.frame(100_000, 1000);
    expect(thinning.keep).toBe(1);
    thinning.moved();
    thinning.frame(100_000, 2000);
    thinning.frame(100_000, 2300);
    expect(thinning.keep).toBe(0.5);
    thinning.frame(100, 2700);
    expect(thinning.keep).toBe(1);
    thinning.close();
  });
});

describe("labels", () => {
  const limits = { most: 10, tries: 100 };
  const room = { width: 400, height: 100 };
  const widthOf = (text: string): number => 6 * text.length;

  it("never lie over another; the first has its place", () => {
    const at = (index: number) => ({ x: 20 + 4 * index, y: 50, beside: 5 });
    const placed = placeLabels([0, 1, 2, 30], at, (i) => `label ${i}`, widthOf, room, limits);
    expect(placed.map(({ index }) => index)).toEqual([0, 30]);
  });

  it("stand on the other side where there is no room, and nowhere if there is none at all", () => {
    const [right] = placeLabels(
      [0],
      () => ({ x: 390, y: 50, beside: 5 }),
      () => "abc",
      widthOf,
      room,
      limits,
    );
    expect(right?.x).toBe(390 - 5 - 18);
    expect(
      placeLabels(
        [0],
        () => ({ x: 390, y: 2, beside: 5 }),
        () => "abc",
        widthOf,
        room,
        limits,
      ),
    ).toEqual([]);
    expect(
      placeLabels(
        [0],
        () => null,
        () => "abc",
        widthOf,
        room,
        limits,
      ),
    ).toEqual([]);
  });

  it("are one line, and not too long", () => {
    expect(shortLabel(" a\n\tb ")).toBe("a b");
    expect(shortLabel("x".repeat(100))).toHaveLength(40);
  });
});

describe("a sheet of pictures", () => {
  const shape = { width: 100, height: 60, cellWidth: 10, cellHeight: 20 };

  it("is one texture if it may be so large", () => {
    const plan = planSheet(shape, [0, 11, 29, 30], 4096);
    expect(plan?.tiles).toEqual([{ left: 0, top: 0, width: 100, height: 60 }]);
    expect([...(plan?.tileOf ?? [])]).toEqual([0, 0, 0, -1]);
    expect(plan?.cells[2]).toBeCloseTo(0.1, 6);
    expect(plan?.cells[3]).toBeCloseTo(1 / 3, 6);
    expect(cellOf(shape, 11)).toEqual({ left: 10, top: 20 });
  });

  it("is cut between pictures where it is larger than a texture", () => {
    const plan = planSheet(shape, [0, 4, 5, 29], 47);
    expect(plan?.tiles).toHaveLength(6);
    expect(plan?.tiles[5]).toEqual({ left: 80, top: 40, width: 20, height: 20 });
    expect([...(plan?.tileOf ?? [])]).toEqual([0, 1, 1, 5]);
    expect(plan?.cells[4]).toBeCloseTo(1 / 4, 6);
  });

  it("that holds no picture, or would fill the memory, is none", () => {
    expect(planSheet({ ...shape, cellWidth: 200 }, [0], 4096)).toBeNull();
    expect(planSheet({ width: 100_000, height: 100_000, cellWidth: 10, cellHeight: 10 }, [0], 4096)).toBeNull();
  });
});
