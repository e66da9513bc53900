import { describe, expect, it } from "vitest";
import { decodeMeshes, type LoggedSettings, type Mesh, type MeshStep } from "../src/api/meshes";
import { remarksOn } from "../src/dashboards/meshes/remarks";
import {
  boxAround,
  type Camera,
  eyeOf,
  fitting,
  lookingFrom,
  panned,
  radiusOf,
  turned,
  USUAL_TURN,
  zoomed,
} from "../src/dashboards/meshes/scene/camera";
import { frameLines } from "../src/dashboards/meshes/scene/frame_lines";
import { nearestPoint } from "../src/dashboards/meshes/scene/nearest";
import { spreadOrder } from "../src/dashboards/meshes/scene/spread";
import { readSettings } from "../src/dashboards/meshes/scene/view_settings";

const BOX = { low: [-1, 0, 2], high: [3, 2, 4] } as const;
const CAMERA: Camera = { ...USUAL_TURN, target: [1, 2, 3], distance: 5 };
const NONE: LoggedSettings = { camera: null, lights: null, material: null };

const mesh = (said: Partial<Mesh>): Mesh => ({
  item: 0,
  points: 4,
  triangles: 0,
  sent_points: 4,
  sent_triangles: 0,
  colored: false,
  not_finite: 0,
  outside: 0,
  misfit: false,
  vertices: new Float32Array(12),
  faces: new Uint32Array(0),
  colors: null,
  box: BOX,
  ...said,
});
const step = (...meshes: Mesh[]): MeshStep => ({
  step: 0,
  wall_time: 0,
  count: meshes.length,
  settings: NONE,
  meshes,
  bytes: 0,
});

const close = (found: readonly number[], wanted: readonly number[]): void =>
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 6);
  });

describe("a camera", () => {
  it("stands where it was said to stand", () => {
    close(eyeOf(lookingFrom([4, -2, 7], [1, 1, 1])), [4, -2, 7]);
    expect(lookingFrom([1, 1, 1], [1, 1, 1]).distance).toBe(1);
  });

  it("turns about what it looks at, and never over the pole", () => {
    const all = [...Array(200)].reduce<Camera>((camera) => turned(camera, 0.7, -0.2), CAMERA);
    expect(all.polar).toBeGreaterThan(0);
    expect(Math.abs(all.azimuth)).toBeLessThanOrEqual(Math.PI);
    expect(all.target).toEqual(CAMERA.target);
    const eye = eyeOf(all);
    expect(Math.hypot(eye[0] - 1, eye[1] - 2, eye[2] - 3)).toBeCloseTo(5, 6);
  });

  it("sees all of a box, in a picture of any shape", () => {
    const { target, distance } = fitting(BOX, 60, 2);
    expect(target).toEqual([1, 1, 3]);
    // The ball around the box touches the edges of the picture, with a little room.
    expect(radiusOf(BOX) / distance).toBeCloseTo(Math.sin(Math.PI / 6) / 1.04, 6);
    expect(fitting(BOX, 60, 0.5).distance).toBeGreaterThan(distance);
    expect(fitting({ low: [2, 2, 2], high: [2, 2, 2] }, 60, 1).distance).toBeGreaterThan(0);
  });

  it("moves what is looked at as far as the pointer", () => {
    const straight: Camera = { azimuth: 0, polar: Math.PI / 2, target: [0, 0, 0], distance: 10 };
    const height = 2 * 10 * Math.tan(Math.PI / 8);
    close(panned(straight, 0.5, 0, 45).target, [-0.5 * height, 0, 0]);
    close(panned(straight, 0, 0.25, 45).target, [0, 0.25 * height, 0]);
  });

  it("zooms within what numbers can hold", () => {
    expect(zoomed(CAMERA, 0.5).distance).toBe(2.5);
    expect(zoomed(CAMERA, 0).distance).toBeGreaterThan(0);
    expect(Number.isFinite(zoomed(CAMERA, 1e300).distance)).toBe(true);
  });
});

describe("a box", () => {
  it("holds several, and nothing of what is nowhere", () => {
    expect(boxAround([BOX, null, { low: [-5, 1, 3], high: [0, 9, 3] }])).toEqual({ low: [-5, 0, 2], high: [3, 9, 4] });
    expect(boxAround([null])).toBeNull();
  });

  it("has lines along its floor at round numbers, unless it has no extent", () => {
    const lines = frameLines({ low: [0.3, 0, 0], high: [9.7, 1, 0] });
    const xs = lines?.grid.filter(([from, to]) => from[0] === to[0]).map(([from]) => from[0]) ?? [];
    expect([xs[0], xs.at(-1)]).toEqual([0.3, 9.7]);
    expect(xs.slice(1, -1).every((x) => Number.isInteger(x))).toBe(true);
    expect(frameLines({ low: [1, 1, 1], high: [1, 1, 1] })).toBeNull();
  });
});

describe("the point that is meant", () => {
  // What is seen is x and y as they are, from −1 to 1; z is how far it is.
  const PLAIN = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const SIZE = { width: 200, height: 100 };
  const POINTS = new Float32Array([0, 0, 0.9, 0, 0, 0.1, 0.5, 0.5, 0]);

  it("is the nearest one, and of those in one place that in front", () => {
    expect(nearestPoint(POINTS, PLAIN, SIZE, { x: 101, y: 50 }, 10)).toEqual({ index: 1, x: 100, y: 50 });
    expect(nearestPoint(POINTS, PLAIN, SIZE, { x: 147, y: 25 }, 10)).toEqual({ index: 2, x: 150, y: 25 });
    expect(nearestPoint(POINTS, PLAIN, SIZE, { x: 130, y: 50 }, 10)).toBeNull();
  });

  it("is none behind the eye", () => {
    const behind = [...PLAIN.slice(0, 15), -1];
    expect(nearestPoint(POINTS, behind, SIZE, { x: 100, y: 50 }, 10)).toBeNull();
  });
});

describe("an order that is spread", () => {
  it("has each once, and its first few all over", () => {
    for (const count of [0, 1, 2, 3, 12, 1000, 1597]) {
      expect([...spreadOrder(count)].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    }
    const first = [...spreadOrder(1000)].slice(0, 50).sort((a, b) => a - b);
    const gaps = first.slice(1).map((at, i) => at - (first[i] as number));
    expect(Math.max(...gaps)).toBeLessThan(60);
  });
});

describe("settings of a log", () => {
  it("are taken as three.js names them", () => {
    const settings = readSettings({
      camera: { cls: "PerspectiveCamera", fov: 75, position: [1, 2, 3] },
      lights: [
        { cls: "AmbientLight", color: "#fff", intensity: 0.75 },
        { cls: "DirectionalLight", color: 255, position: [0, -1, 2] },
      ],
      material: { cls: "MeshStandardMaterial", roughness: 1, metalness: 0, wireframe: true, color: "#102030" },
    });
    expect([settings.fov, settings.eye, settings.isOrthographic]).toEqual([75, [1, 2, 3], false]);
    expect(settings.lights).toMatchObject([
      { kind: "AmbientLight", color: 0xffffff, intensity: 0.75 },
      { kind: "DirectionalLight", color: 255, intensity: 1, position: [0, -1, 2] },
    ]);
    expect(settings.material).toMatchObject({ kind: "MeshStandardMaterial", roughness: 1, metalness: 0 });
    expect(settings.material?.color).toBe(0x102030);
    expect(settings.unknown).toEqual([]);
  });

  it("have bounds, and what is not known is named", () => {
    const settings = readSettings({
      camera: { cls: "CubeCamera", fov: 1e9, position: [1, 2] },
      lights: [
        { cls: "constructor", intensity: 5 },
        { cls: "PointLight", intensity: 1e9, color: "url(x)" },
      ],
      material: { cls: "__proto__", size: -4 },
    });
    expect([settings.fov, settings.eye, settings.material]).toEqual([150, null, null]);
    expect(settings.lights).toMatchObject([{ kind: "PointLight", intensity: 100, color: 0xffffff }]);
    expect(settings.unknown).toEqual(["CubeCamera", "constructor", "__proto__"]);
    expect(readSettings({ ...NONE, lights: [{ cls: "x" }] }).lights).toBeNull();
    expect(readSettings(NONE).fov).toBeGreaterThan(0);
  });
});

describe("an answer", () => {
  it("is cut where its header says, colours padded to whole words", () => {
    const header = JSON.stringify({
      step: 7,
      wall_time: "NaN",
      count: 2,
      settings: NONE,
      meshes: [
        { item: 0, sent_points: 1, sent_triangles: 0, colored: true, low: [1, 2, 3], high: [1, 2, 3] },
        { item: 1, sent_points: 3, sent_triangles: 1, colored: false, low: ["NaN"], high: [] },
      ],
    }).padEnd(400);
    const body = new ArrayBuffer(4 + 400 + 12 + 4 + 36 + 12);
    new DataView(body).setUint32(0, 400, true);
    new Uint8Array(body, 4, 400).set(new TextEncoder().encode(header));
    new Float32Array(body, 404, 3).set([1, 2, 3]);
    new Uint8Array(body, 416, 3).set([9, 8, 7]);
    new Float32Array(body, 420, 9).set([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    new Uint32Array(body, 456, 3).set([2, 0, 1]);
    const { step: at, meshes } = decodeMeshes(body);
    expect(at).toBe(7);
    expect([...(meshes[0]?.colors ?? [])]).toEqual([9, 8, 7]);
    expect([...(meshes[1]?.vertices ?? [])]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect([...(meshes[1]?.faces ?? [])]).toEqual([2, 0, 1]);
    expect(() => decodeMeshes(body.slice(0, 440))).toThrow(RangeError);
  });
});

describe("remarks", () => {
  it("say what is left out, and nothing of what is whole", () => {
    expect(remarksOn(step(mesh({}), mesh({})), [])).toEqual([]);
    const said = remarksOn(
      step(
        mesh({ points: 1, not_finite: 1, sent_points: 0 }),
        mesh({ triangles: 3, outside: 3, misfit: true }),
        mesh({ points: 9000, triangles: 5000, sent_triangles: 100, sent_points: 300 }),
      ),
      ["Sun"],
    );
    expect(said.map((remark) => remark.replace(/[^\w ,:]/g, ""))).toEqual([
      "1 point at NaN or infinity left out",
      "3 of 5003 triangles left out: a corner is no point",
      "No triangle can be drawn: these are the points",
      "100 of 5000 triangles drawn, evenly chosen",
      "The colors are not one for each point, and not used",
      "Not known here, and not used: Sun",
    ]);
  });
});
