/** Laying points out in two or three dimensions, step by step: what every way of doing so is driven by. */

import { type Matrix, principal } from "./principal";
import { gaussian } from "./random";

export interface Progress {
  /** How many iterations are done. */
  iteration: number;
  /** What is done meanwhile, while points do not move yet. */
  note: string | null;
}

export interface Layout {
  /** `dims` numbers for each point; changes from step to step. */
  readonly coords: Float64Array;
  /** Yields at least every few dozen milliseconds; returns when there is nothing more to do. May be called again, to go on. */
  steps(): Generator<Progress, void>;
  /** Move all points a little, at random. */
  perturb(): void;
}

/** Points where their first principal components are, with the first one spread by `spread`. */
export function principalStart(points: Matrix, dims: number, spread: number, seed: number): Float64Array {
  const { coords } = principal(points, dims);
  let squares = 0;
  for (let at = 0; at < coords.length; at += dims) squares += (coords[at] as number) ** 2;
  const deviation = Math.sqrt(squares / Math.max(1, points.count));
  const random = gaussian(seed);
  // Points that are the same must be able to part.
  const noise = spread * 1e-3;
  return Float64Array.from(coords, (value) => (deviation > 0 ? (value / deviation) * spread : 0) + noise * random());
}

/** Adds noise, a share of how far points lie from their middle. */
export function shake(coords: Float64Array, dims: number, share: number, seed: number): void {
  const count = Math.max(1, coords.length / dims);
  const mean = new Float64Array(dims);
  coords.forEach((value, at) => {
    mean[at % dims] = (mean[at % dims] as number) + value / count;
  });
  let squares = 0;
  coords.forEach((value, at) => {
    squares += (value - (mean[at % dims] as number)) ** 2;
  });
  const size = share * Math.sqrt(squares / Math.max(1, coords.length));
  const random = gaussian(seed);
  for (let at = 0; at < coords.length; at++) coords[at] = (coords[at] as number) + size * random();
}
