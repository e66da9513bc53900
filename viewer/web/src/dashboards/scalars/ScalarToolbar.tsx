import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { NumberSlider } from "../../ui/NumberSlider";
import { scaleOfAll, setScaleOfAll } from "./axis_rules";
import { kindOfSmoothing, setSmoothing, smoothing } from "./smoothing";
import { ViewOptions } from "./ViewOptions";

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
      <label class="toggle">
        <input
          type="checkbox"
          class="checkbox"
          checked={scaleOfAll("y") === "log"}
          data-testid="log-y"
          onChange={(event) => setScaleOfAll("y", event.currentTarget.checked ? "log" : "linear")}
        />
        Log y
      </label>
      <ViewOptions />
    </>
  );
}
