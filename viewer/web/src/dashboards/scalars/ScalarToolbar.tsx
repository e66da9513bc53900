import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { NumberSlider } from "../../ui/NumberSlider";
import { Toggle } from "../../ui/Toggle";
import { logY, MOST_SMOOTHING, smoothing } from "./settings";

export function ScalarToolbar(): JSX.Element {
  return (
    <>
      <NumberSlider
        label="Smoothing"
        value={smoothing.value}
        min={0}
        max={0.99}
        typedMax={MOST_SMOOTHING}
        step={0.01}
        testId="smoothing"
        onChange={(value) => {
          smoothing.value = value;
        }}
      />
      <AxisChoice label="Horizontal axis" />
      <Toggle label="Log y" on={logY} testId="log-y" />
    </>
  );
}
