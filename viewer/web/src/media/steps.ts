/** Choosing among the steps of a medium. Steps may repeat, and go back where a run began anew. */

/** Index of the step nearest to a typed one; of equal steps the last. */
export function nearestStep(steps: readonly number[], wanted: number): number {
  let best = 0;
  for (let i = 1; i < steps.length; i++) {
    if (Math.abs((steps[i] ?? 0) - wanted) <= Math.abs((steps[best] ?? 0) - wanted)) best = i;
  }
  return best;
}

/** Index of the greatest step that is not after the wanted one, of equal steps the last; the least step if all are after it. */
export function stepAtOrBefore(steps: readonly number[], wanted: number): number {
  let best = -1;
  let least = 0;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? 0;
    if (step <= wanted && (best < 0 || step >= (steps[best] ?? 0))) best = i;
    if (step < (steps[least] ?? 0)) least = i;
  }
  return best < 0 ? least : best;
}

/** Every step of any list, once, in order. */
export function unionOfSteps(lists: Iterable<readonly number[]>): number[] {
  const all = new Set<number>();
  for (const list of lists) for (const step of list) all.add(step);
  return [...all].sort((a, b) => a - b);
}
