import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { type Difference, formatShare } from "./difference";
import type { Size } from "./geometry";

interface Props {
  /** Of A and B, as chosen. */
  steps: readonly [number | undefined, number | undefined];
  a: Size | null;
  b: Size | null;
  difference: Difference | null;
}

/** What is to be known of a comparison: other steps, other sizes, and how far apart the pictures are. */
export function CompareRemarks({ steps: [stepA, stepB], a, b, difference }: Props): JSX.Element {
  const remarks: JSX.Element[] = [];
  if (stepA !== undefined && stepB !== undefined && stepA !== stepB) {
    remarks.push(
      <span key="steps" class="remark-warn" data-testid="steps-differ">
        A at step {formatCount(stepA)}, B at step {formatCount(stepB)}
      </span>,
    );
  }
  if (a && b && (a.width !== b.width || a.height !== b.height)) {
    remarks.push(
      <span key="sizes" class="remark-warn" data-testid="sizes-differ">
        A is {a.width} × {a.height}; B, {b.width} × {b.height}, is stretched to it
      </span>,
    );
  }
  if (difference) {
    remarks.push(
      <span key="difference" data-testid="difference-found">
        {difference.share === 0
          ? "No difference"
          : `Mean ${formatValue(Number(difference.mean.toPrecision(3)))}, most ${Math.round(difference.most)} of 255; ${formatShare(difference.share)} of the pixels differ`}
      </span>,
    );
  }
  return <div class="compare-remarks">{remarks}</div>;
}
