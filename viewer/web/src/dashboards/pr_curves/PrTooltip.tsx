import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount, formatValue } from "../../format/numbers";
import { Floating } from "../../ui/Floating";
import { f1 } from "./curves";
import type { PrSpot } from "./pr_drawing";

/** The threshold under the pointer, in any chart; null if there is none. */
export const pointedThreshold = signal<{ spot: PrSpot; clientX: number; clientY: number } | null>(null);

export function PrTooltip(): JSX.Element | null {
  const pointed = pointedThreshold.value;
  if (!pointed) return null;
  const { curve, color, at } = pointed.spot;
  const of = (values: Float64Array): number => values[at] ?? Number.NaN;
  const [precision, recall] = [of(curve.precision), of(curve.recall)];
  const rows: [string, string, number][] = [
    ["threshold", "Threshold", of(curve.thresholds)],
    ["precision", "Precision", precision],
    ["recall", "Recall", recall],
    ["f1", "F1", f1(precision, recall)],
    ["tp", "True positives", of(curve.truePositives)],
    ["fp", "False positives", of(curve.falsePositives)],
    ["tn", "True negatives", of(curve.trueNegatives)],
    ["fn", "False negatives", of(curve.falseNegatives)],
  ];
  return (
    <Floating x={pointed.clientX} y={pointed.clientY} testId="pr-tooltip">
      <div class="tooltip-title">
        <span class="swatch" style={{ background: color }} />
        <span class="tooltip-run">{curve.run}</span>
      </div>
      <dl data-run={curve.run}>
        <dt>Step</dt>
        <dd>{formatCount(curve.steps[curve.index] ?? Number.NaN)}</dd>
        {rows.map(([name, words, value]) => (
          <Row key={name} name={name} words={words} value={value} />
        ))}
      </dl>
    </Floating>
  );
}

function Row({ name, words, value }: { name: string; words: string; value: number }): JSX.Element {
  const counts = name.length === 2 && name !== "f1";
  return (
    <>
      <dt>{words}</dt>
      <dd data-name={name} data-value={value}>
        {counts ? formatCount(value) : formatValue(value)}
      </dd>
    </>
  );
}
