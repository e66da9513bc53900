import type { JSX } from "preact";
import { NumberSlider } from "../../ui/NumberSlider";
import { TypedNumber } from "../../ui/TypedNumber";
import { LayoutControls, SuperviseChoice } from "./LayoutControls";
import { epochs, minDist, neighbours } from "./settings";

export function UmapTab(): JSX.Element {
  return (
    <div class="proj-tab" data-testid="proj-umap">
      <NumberSlider
        label="Neighbours"
        value={neighbours.value}
        min={2}
        max={50}
        typedMax={100}
        step={1}
        testId="proj-umap-neighbours"
        onChange={(value) => {
          neighbours.value = Math.round(value);
        }}
      />
      <NumberSlider
        label="Min distance"
        value={minDist.value}
        min={0}
        max={1}
        step={0.01}
        testId="proj-umap-min"
        onChange={(value) => {
          minDist.value = value;
        }}
      />
      <div class="proj-field">
        <span class="control-label">Epochs</span>
        <label class="toggle">
          <input
            type="checkbox"
            class="checkbox"
            checked={epochs.value === 0}
            data-testid="proj-epochs-auto"
            onChange={(event) => {
              epochs.value = event.currentTarget.checked ? 0 : 500;
            }}
          />
          auto
        </label>
        {epochs.value ? (
          <TypedNumber
            label="Epochs"
            value={epochs.value}
            min={1}
            max={5000}
            whole
            testId="proj-epochs"
            onChange={(value) => {
              epochs.value = value;
            }}
          />
        ) : null}
      </div>
      <SuperviseChoice />
      <LayoutControls kind="umap" name="UMAP" />
    </div>
  );
}
