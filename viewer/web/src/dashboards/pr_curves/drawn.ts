/** What the precision-recall charts on the screen have drawn, as plain numbers. */

import type { Part, PrDrawing } from "./pr_drawing";

export const drawnPrCharts = new Map<string, PrDrawing>();

export interface DrawnPrChart {
  part: Part;
  curves: {
    run: string;
    color: string;
    step: number;
    wallTime: number;
    thresholds: number[];
    recall: number[];
    precision: number[];
    averagePrecision: number;
  }[];
}

/** The chart of a tag as it is drawn now; null if it is not on the screen. */
export function describePrChart(tag: string): DrawnPrChart | null {
  const drawing = drawnPrCharts.get(tag);
  if (!drawing) return null;
  return {
    part: drawing.part,
    curves: drawing.curves.map(({ curve, color }) => ({
      run: curve.run,
      color,
      step: curve.steps[curve.index] ?? Number.NaN,
      wallTime: curve.wallTimes[curve.index] ?? Number.NaN,
      thresholds: curve.drawn.map((at) => curve.thresholds[at] as number),
      recall: curve.drawn.map((at) => curve.recall[at] as number),
      precision: curve.drawn.map((at) => curve.precision[at] as number),
      averagePrecision: curve.averagePrecision,
    })),
  };
}
