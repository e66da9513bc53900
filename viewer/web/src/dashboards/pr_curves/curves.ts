/** A run's precision-recall curve at one step, as numbers. */

import type { PrCurve } from "../../api/curves";
import { type JsonNumber, toNumber } from "../../api/types";

export interface Curve {
  run: string;
  steps: readonly number[];
  wallTimes: Float64Array;
  /** Which of the steps. */
  index: number;
  /** Over rising thresholds. */
  thresholds: Float64Array;
  precision: Float64Array;
  recall: Float64Array;
  truePositives: Float64Array;
  falsePositives: Float64Array;
  trueNegatives: Float64Array;
  falseNegatives: Float64Array;
  /** Whether a threshold is drawn: where nothing is taken for positive there is no precision. */
  drawn: readonly number[];
  thresholdsLogged: number;
  /** NaN if the numbers are no curve. */
  averagePrecision: number;
  error: string | null;
}

const floats = (values: readonly JsonNumber[]): Float64Array => Float64Array.from(values, toNumber);

export function readCurve(answer: PrCurve): Curve {
  const [truePositives, falsePositives] = [floats(answer.true_positives), floats(answer.false_positives)];
  const [precision, recall] = [floats(answer.precision), floats(answer.recall)];
  const drawn = Array.from(precision, (_, at) => at).filter(
    (at) =>
      Number.isFinite(precision[at]) &&
      Number.isFinite(recall[at]) &&
      (truePositives[at] as number) + (falsePositives[at] as number) > 0,
  );
  return {
    run: answer.run,
    steps: answer.steps,
    wallTimes: floats(answer.wall_times),
    index: answer.index,
    thresholds: floats(answer.thresholds),
    ...{ precision, recall, truePositives, falsePositives, drawn },
    trueNegatives: floats(answer.true_negatives),
    falseNegatives: floats(answer.false_negatives),
    thresholdsLogged: answer.thresholds_logged,
    averagePrecision: toNumber(answer.average_precision),
    error: answer.error,
  };
}

/** The harmonic mean of precision and recall. */
export const f1 = (precision: number, recall: number): number =>
  precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;

/** All steps that any of the curves has, each once, rising. */
export const allSteps = (curves: Iterable<Curve>): number[] =>
  [...new Set([...curves].flatMap(({ steps }) => steps))].sort((a, b) => a - b);
