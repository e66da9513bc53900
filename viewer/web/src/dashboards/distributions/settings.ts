/** How distributions are drawn. */

import { numberCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export const FEWEST_STEPS = 2;
export const MOST_STEPS = 2000;

/** How many steps are shown of more; evenly chosen, with the first and the last. */
export const stepCount = hashSignal<number>("diststeps", 200, numberCodec(FEWEST_STEPS, MOST_STEPS));

/** Cards that take the whole width, as `tag\nrun`. */
export const wideDistributions = hashSignal<ReadonlySet<string>>("widedist", new Set(), setCodec);

export function toggleWideDistribution(key: string): void {
  const next = new Set(wideDistributions.peek());
  if (!next.delete(key)) next.add(key);
  wideDistributions.value = next;
}
