/** Training sessions side by side: `HParams` of docs/http-api.md. */

import { address, json } from "./client";
import type { JsonNumber } from "./types";

export type HParamValue = number | string | boolean;
export type SessionStatus = "unknown" | "success" | "failure" | "running";

export interface HParamInfo {
  name: string;
  display_name: string;
  description: string;
  type: "" | "string" | "bool" | "float";
  domain: { values: HParamValue[] } | { min: JsonNumber; max: JsonNumber } | null;
  differs: boolean;
}

export interface MetricInfo {
  tag: string;
  /** The run below the session's that has the scalar; empty for that itself. */
  group: string;
  display_name: string;
  description: string;
  dataset: "" | "training" | "validation";
}

export interface Session {
  run: string;
  group: string;
  status: SessionStatus;
  started: JsonNumber | null;
  ended: JsonNumber | null;
  values: Record<string, HParamValue>;
}

export interface HParams {
  revision: number;
  hparams: HParamInfo[];
  metrics: MetricInfo[];
  sessions: Session[];
}

export const getHParams = (signal?: AbortSignal): Promise<HParams> => json(address("hparams"), signal);
