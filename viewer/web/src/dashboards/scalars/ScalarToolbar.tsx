import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { NumberSlider } from "../../ui/NumberSlider";
import { Toggle } from "../../ui/Toggle";
import { logY } from "./settings";
import { kindOfSmoothing, setSmoothing, smoothing } from "./smoothing";

export function ScalarToolbar(): JSX.Element {
  const { kind, amount } = smoothing.value;
  const { slideTo, most, step } = kindOfSmoothing(kind);
  return (
    <>
      <NumberSlider
        label="Smoothing"
        value={amount}
        min={0}
        max={slideTo}
        typedMax={most}
        step={step}
        testId="smoothing"
        onChange={(value) => setSmoothing(kind, value)}
      />
      <AxisChoice label="Horizontal axis" />
      <Toggle label="Log y" on={logY} testId="log-y" />
    </>
  );
}
