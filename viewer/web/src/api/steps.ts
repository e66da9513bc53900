/** All steps of one run and tag, of any kind: `Steps` of docs/http-api.md. */

import { address, json } from "./client";
import type { JsonNumber, Kind } from "./types";

export interface Steps {
  run: string;
  tag: string;
  step: number[];
  wall_time: JsonNumber[];
  description: string;
}

export const getSteps = (kind: Kind, run: string, tag: string, signal?: AbortSignal): Promise<Steps> =>
  json(address("steps", { kind, run, tag }), signal);
