import type { JSX } from "preact";
import { SpeedChoice } from "../../media/SpeedChoice";
import { Icon } from "../../ui/Icon";
import { NumberSlider } from "../../ui/NumberSlider";
import { PanelButton } from "../../ui/PanelButton";
import { brightness, contrast, imageSize, LEAST_SIZE, MOST_LIGHT, MOST_SIZE } from "./settings";

/** How large and how bright the pictures are. */
export function AdjustBox(): JSX.Element {
  const isAdjusted = brightness.value !== 1 || contrast.value !== 1;
  return (
    <PanelButton
      label="Size, brightness, contrast"
      look={isAdjusted ? "choice-button chosen" : "choice-button"}
      button={
        <>
          Adjust
          <Icon name="more" size={14} />
        </>
      }
      testId="image-adjust"
      panelTestId="image-adjustments"
    >
      {() => <Adjustments isAdjusted={isAdjusted} />}
    </PanelButton>
  );
}

function Adjustments({ isAdjusted }: { isAdjusted: boolean }): JSX.Element {
  return (
    <div class="adjust-box">
      <NumberSlider
        label="Size"
        value={imageSize.value}
        min={LEAST_SIZE}
        max={MOST_SIZE}
        step={20}
        testId="image-size"
        onChange={(value) => {
          imageSize.value = Math.round(value);
        }}
      />
      <NumberSlider
        label="Brightness"
        value={brightness.value}
        min={0}
        max={MOST_LIGHT}
        step={0.05}
        testId="image-brightness"
        onChange={(value) => {
          brightness.value = value;
        }}
      />
      <NumberSlider
        label="Contrast"
        value={contrast.value}
        min={0}
        max={MOST_LIGHT}
        step={0.05}
        testId="image-contrast"
        onChange={(value) => {
          contrast.value = value;
        }}
      />
      <div class="adjust-row">
        <span class="control-label">Play speed</span>
        <SpeedChoice />
      </div>
      <button
        type="button"
        class="button"
        disabled={!isAdjusted}
        data-testid="image-reset"
        onClick={() => {
          brightness.value = 1;
          contrast.value = 1;
        }}
      >
        Reset brightness and contrast
      </button>
    </div>
  );
}
