/** Knowing which points belong together: ties between those of different codes count less. */

import type { Supervision } from "./types";

/** What of a tie is left at half weight: as umap-learn has it. */
const AT_HALF = Math.exp(-5);

/** By what the tie of two points is multiplied; 1 if a code is not known. */
export function tieFactor({ codes, weight }: Supervision): (one: number, other: number) => number {
  const apart = weight >= 1 ? 0 : AT_HALF ** (weight / (1 - weight));
  return (one, other) => {
    const a = codes[one] as number;
    const b = codes[other] as number;
    return a < 0 || b < 0 || a === b ? 1 : apart;
  };
}
