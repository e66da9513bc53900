import type { JSX } from "preact";
import { NumberSlider } from "../../ui/NumberSlider";
import { Segmented } from "../../ui/Segmented";
import { Toggle } from "../../ui/Toggle";
import { logY, MOST_SMOOTHING, smoothing, xAxis } from "./settings";

const AXES = [
  { value: "step", text: "Step" },
  { value: "relative", text: "Relative" },
  { value: "wall", text: "Wall" },
] as const;

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
      <Segmented
        label="Horizontal axis"
        choices={AXES}
        value={xAxis.value}
        testId="x-axis"
        onChange={(value) => {
          xAxis.value = value;
        }}
      />
      <Toggle label="Log y" on={logY} testId="log-y" />
    </>
  );
}
