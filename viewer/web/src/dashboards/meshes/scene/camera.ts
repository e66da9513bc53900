/**
 * Where the eye is, in the coordinates of the log: it turns about a point that it looks at, y being up.
 *
 * A stance says how the eye is turned, and where it is; without a place it stands where the whole of what is there is seen,
 * whatever that is.
 */

import type { Box, Point } from "../../../api/meshes";

export interface Place {
  target: Point;
  /** Of the eye from the target. */
  distance: number;
}

export interface Turn {
  /** Radians about the y axis; at 0 the eye looks along −z. */
  azimuth: number;
  /** Radians from the y axis. */
  polar: number;
}

export interface Stance extends Turn {
  place: Place | null;
}

export type Camera = Place & Turn;

export const USUAL_TURN: Turn = { azimuth: Math.PI / 5, polar: (Math.PI * 2) / 5 };

/** Closer to the axis there is no telling which way is up. */
const LEAST_POLAR = 1e-3;
const LEAST_DISTANCE = 1e-30;
const MOST_DISTANCE = 1e40;
/** Room around what is fitted. */
const MARGIN = 1.04;

export const centerOf = ({ low, high }: Box): Point => [
  (low[0] + high[0]) / 2,
  (low[1] + high[1]) / 2,
  (low[2] + high[2]) / 2,
];

/** Of the ball around a box; 1 of a single point. */
export function radiusOf({ low, high }: Box): number {
  return Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) / 2 || 1;
}

/** The box around several; null around nothing. */
export function boxAround(boxes: readonly (Box | null)[]): Box | null {
  const known = boxes.filter((box) => box !== null);
  if (!known.length) return null;
  const all = (end: "low" | "high", pick: (...values: number[]) => number): Point =>
    [0, 1, 2].map((axis) => pick(...known.map((box) => box[end][axis] as number))) as unknown as Point;
  return { low: all("low", Math.min), high: all("high", Math.max) };
}

/** The direction from the target to the eye, of length 1. */
export function directionOf({ azimuth, polar }: Turn): Point {
  const flat = Math.sin(polar);
  return [flat * Math.sin(azimuth), Math.cos(polar), flat * Math.cos(azimuth)];
}

export const eyeOf = (camera: Camera): Point => along(camera.target, directionOf(camera), camera.distance);

/** How one stands to look from a point at another. */
export function lookingFrom(eye: Point, target: Point): Camera {
  const [x, y, z] = [eye[0] - target[0], eye[1] - target[1], eye[2] - target[2]];
  const distance = Math.hypot(x, y, z);
  if (!distance) return { ...USUAL_TURN, target, distance: 1 };
  return { azimuth: Math.atan2(x, z), polar: clampPolar(Math.acos(y / distance)), target, distance };
}

/** Where all of a box is seen, however it is turned; `fov` in degrees, from top to bottom. */
export function fitting(box: Box, fov: number, aspect: number): Place {
  const half = (fov / 360) * Math.PI;
  const narrow = aspect < 1 ? Math.atan(Math.tan(half) * aspect) : half;
  return { target: centerOf(box), distance: (radiusOf(box) * MARGIN) / Math.sin(narrow) };
}

export const turned = <T extends Turn>(stance: T, azimuth: number, polar: number): T => ({
  ...stance,
  azimuth: wrap(stance.azimuth + azimuth),
  polar: clampPolar(stance.polar + polar),
});

/** Closer for factors below 1. */
export const zoomed = (camera: Camera, factor: number): Camera => ({
  ...camera,
  distance: Math.min(MOST_DISTANCE, Math.max(LEAST_DISTANCE, camera.distance * factor)),
});

/** What is looked at moves right and down on the screen, by shares of the picture's height. */
export function panned(camera: Camera, right: number, down: number, fov: number): Camera {
  const height = 2 * camera.distance * Math.tan((fov / 360) * Math.PI);
  const { azimuth, polar } = camera;
  const side: Point = [Math.cos(azimuth), 0, -Math.sin(azimuth)];
  const level = Math.cos(polar);
  const up: Point = [-level * Math.sin(azimuth), Math.sin(polar), -level * Math.cos(azimuth)];
  return { ...camera, target: along(along(camera.target, side, -right * height), up, down * height) };
}

const along = (from: Point, direction: Point, by: number): Point => [
  from[0] + direction[0] * by,
  from[1] + direction[1] * by,
  from[2] + direction[2] * by,
];

const clampPolar = (polar: number): number => Math.min(Math.PI - LEAST_POLAR, Math.max(LEAST_POLAR, polar));

const wrap = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));
