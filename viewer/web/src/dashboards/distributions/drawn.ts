/** What the distribution cards on the screen have drawn, as plain numbers. */

import type { BandsDrawing, DistributionData } from "./bands";

export const drawnDistributions = new Map<string, { data: DistributionData; axis: string; drawing: BandsDrawing }>();

export interface DrawnDistribution {
  axis: string;
  x: [number, number];
  y: [number, number];
  shares: number[];
  steps: number[];
  /** One column a share. */
  columns: number[][];
}

/** The distribution of a run and tag as it is drawn now; null if it is not on the screen. */
export function describeDistribution(run: string, tag: string): DrawnDistribution | null {
  const drawn = drawnDistributions.get(`${tag}\n${run}`);
  if (!drawn) return null;
  const { data, axis, drawing } = drawn;
  return {
    axis,
    x: [drawing.across.low, drawing.across.high],
    y: [drawing.up.low, drawing.up.high],
    shares: [...data.shares],
    steps: [...data.steps],
    columns: data.columns.map((column) => [...column]),
  };
}
