/**
 * Where the scene is looked at from: it turns around a point that stays in the middle.
 *
 * The scene is a ball of radius 1 around the origin. In 3D the view is a perspective; in 2D it looks down on the plane of x
 * and y without one, and can be moved and zoomed, not turned.
 */

export type Dims = 2 | 3;
export type Vector = [number, number, number];

/** Column-major, as WebGL takes it. */
export type Matrix = Float32Array;

/** All that a camera is; it stands in the address and in bookmarks. */
export interface CameraState {
  /** Radians around the upright axis, and up from the floor. */
  yaw: number;
  pitch: number;
  /** From the point in the middle, which is `target`. */
  distance: number;
  target: Vector;
}

/** Half of the angle that the view takes in, upright. */
const HALF_ANGLE = (20 * Math.PI) / 180;
const TAN = Math.tan(HALF_ANGLE);
/** Far enough to see the whole ball, with a little room around it. */
const ROOM = 1.06;
const NEAREST = 0.02;
const FARTHEST = 60;
const STEEPEST = Math.PI / 2 - 0.001;
/** What the scene is not moved beyond. */
const WIDEST = 6;

/** From above and to the side: no axis points straight at the eye. */
const AT_FIRST = { yaw: -0.6, pitch: 0.42 } as const;

export function fittingDistance(width: number, height: number, dims: Dims): number {
  const narrow = Math.min(1, width / Math.max(1, height));
  return dims === 2 ? ROOM / (TAN * narrow) : ROOM / Math.sin(Math.atan(TAN * narrow));
}

export const cameraAtFirst = (width: number, height: number, dims: Dims): CameraState => ({
  ...AT_FIRST,
  distance: fittingDistance(width, height, dims),
  target: [0, 0, 0],
});

/** Axes of the camera in the scene: to the right, up, and towards the eye. */
function axes({ yaw, pitch }: CameraState, dims: Dims): { right: Vector; up: Vector; back: Vector } {
  if (dims === 2) return { right: [1, 0, 0], up: [0, 1, 0], back: [0, 0, 1] };
  const [sy, cy, sp, cp] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  return { right: [cy, 0, -sy], up: [-sy * sp, cp, -cy * sp], back: [sy * cp, sp, cy * cp] };
}

/** From the scene to the screen. `w` of what it gives is the distance from the eye; 1 in 2D. */
export function viewMatrix(camera: CameraState, width: number, height: number, dims: Dims): Matrix {
  const { right, up, back } = axes(camera, dims);
  const { distance, target } = camera;
  const dot = (a: Vector): number => a[0] * target[0] + a[1] * target[1] + a[2] * target[2];
  const [tx, ty, tz] = [-dot(right), -dot(up), -dot(back) - distance];
  const aspect = width / Math.max(1, height);
  const matrix = new Float32Array(16);
  const rows: [Vector, number][] = [
    [right, tx],
    [up, ty],
    [back, tz],
  ];
  const put = (row: number, of: Vector, shift: number, factor: number): void => {
    for (let i = 0; i < 3; i++) matrix[i * 4 + row] = (of[i] as number) * factor;
    matrix[12 + row] = shift * factor;
  };
  if (dims === 2) {
    const half = distance * TAN;
    put(0, ...(rows[0] as [Vector, number]), 1 / (half * aspect));
    put(1, ...(rows[1] as [Vector, number]), 1 / half);
    // Whatever lies in the plane is in front of the eye.
    matrix[10] = -0.01;
    matrix[15] = 1;
    return matrix;
  }
  put(0, ...(rows[0] as [Vector, number]), 1 / (TAN * aspect));
  put(1, ...(rows[1] as [Vector, number]), 1 / TAN);
  const [near, far] = [Math.max(0.002, distance / 200), distance + 2 * WIDEST];
  put(2, ...(rows[2] as [Vector, number]), -(far + near) / (far - near));
  matrix[14] = (matrix[14] as number) - (2 * far * near) / (far - near);
  put(3, ...(rows[2] as [Vector, number]), -1);
  return matrix;
}

/** Turn it as if the ball was dragged by so many pixels. */
export function turned(camera: CameraState, dx: number, dy: number, height: number): CameraState {
  const perPixel = (1.25 * Math.PI) / Math.max(1, height);
  const yaw = camera.yaw - dx * perPixel;
  return {
    ...camera,
    yaw: Math.atan2(Math.sin(yaw), Math.cos(yaw)),
    pitch: Math.max(-STEEPEST, Math.min(STEEPEST, camera.pitch + dy * perPixel)),
  };
}

/** Move it so that the scene goes along with a drag by so many pixels. */
export function moved(camera: CameraState, dx: number, dy: number, height: number, dims: Dims): CameraState {
  const { right, up } = axes(camera, dims);
  const perPixel = (2 * camera.distance * TAN) / Math.max(1, height);
  return { ...camera, target: along(along(camera.target, right, -dx * perPixel), up, dy * perPixel) };
}

/** Go nearer (a factor below 1) or away; what is at the pixel (x, y) from the middle stays there. */
export function zoomed(
  camera: CameraState,
  factor: number,
  x: number,
  y: number,
  height: number,
  dims: Dims,
): CameraState {
  const distance = Math.max(NEAREST, Math.min(FARTHEST, camera.distance * factor));
  const before = moved(camera, -x, -y, height, dims);
  return moved({ ...before, distance }, x, y, height, dims);
}

function along(from: Vector, axis: Vector, by: number): Vector {
  const to = from.map((value, i) => value + (axis[i] as number) * by);
  return to.map((value) => Math.max(-WIDEST, Math.min(WIDEST, value))) as Vector;
}

export const isSameCamera = (a: CameraState, b: CameraState): boolean =>
  a.yaw === b.yaw &&
  a.pitch === b.pitch &&
  a.distance === b.distance &&
  a.target.every((value, i) => value === b.target[i]);
