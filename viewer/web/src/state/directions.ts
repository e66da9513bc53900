/** Whether a metric is better the higher it is: guessed from its name until a person says otherwise. */

import type { Codec } from "./hash";
import { hashSignal } from "./hash";

/** Parts of names; the whole part has to be one of them, so that `map` is not found in `bitmap`. */
const HIGHER = new Set(
  (
    "acc accuracy auc auroc ap map mrr ndcg f1 f2 fscore dice iou miou jaccard kappa mcc precision recall sensitivity " +
    "specificity r2 bleu rouge meteor cider psnr ssim reward return score elo success wins winrate correct likelihood " +
    "correlation pearson spearman throughput fps"
  ).split(" "),
);

const codec: Codec<ReadonlyMap<string, boolean>> = {
  read: (values) => new Map(values.filter(Boolean).map((value) => [value.slice(1), value[0] === "+"])),
  write: (said) => [...said].map(([tag, higher]) => `${higher ? "+" : "-"}${tag}`),
};

const said = hashSignal<ReadonlyMap<string, boolean>>("better", new Map(), codec);

export function guessHigher(tag: string): boolean {
  const parts = tag
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return parts.some((part) => HIGHER.has(part) || HIGHER.has(part.replace(/\d+$/, "")));
}

export const higherIsBetter = (tag: string): boolean => said.value.get(tag) ?? guessHigher(tag);

export function setHigherIsBetter(tag: string, higher: boolean): void {
  const next = new Map(said.peek());
  if (higher === guessHigher(tag)) next.delete(tag);
  else next.set(tag, higher);
  said.value = next;
}
