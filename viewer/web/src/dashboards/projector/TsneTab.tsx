import type { JSX } from "preact";
import { NumberSlider } from "../../ui/NumberSlider";
import { TypedNumber } from "../../ui/TypedNumber";
import { LayoutControls, SuperviseChoice } from "./LayoutControls";
import { learningRate, perplexity } from "./settings";

export function TsneTab(): JSX.Element {
  return (
    <div class="proj-tab" data-testid="proj-tsne">
      <NumberSlider
        label="Perplexity"
        value={perplexity.value}
        min={2}
        max={100}
        step={1}
        testId="proj-perplexity"
        onChange={(value) => {
          perplexity.value = value;
        }}
      />
      <div class="proj-field">
        <span class="control-label">Learning rate</span>
        <label class="toggle">
          <input
            type="checkbox"
            class="checkbox"
            checked={learningRate.value === 0}
            data-testid="proj-rate-auto"
            onChange={(event) => {
              learningRate.value = event.currentTarget.checked ? 0 : 200;
            }}
          />
          auto
        </label>
        {learningRate.value ? (
          <TypedNumber
            label="Learning rate"
            value={learningRate.value}
            min={0.001}
            max={10_000}
            testId="proj-rate"
            onChange={(value) => {
              learningRate.value = value;
            }}
          />
        ) : null}
      </div>
      <SuperviseChoice />
      <LayoutControls kind="tsne" name="t-SNE" />
    </div>
  );
}
