import type { JSX } from "preact";
import { LinkedSteps } from "../../media/LinkedSteps";
import { linked } from "../../media/linked";
import { NumberSlider } from "../../ui/NumberSlider";
import { Segmented } from "../../ui/Segmented";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { AdjustBox } from "./AdjustBox";
import { CompareCard } from "./CompareCard";
import { ImageCard } from "./ImageCard";
import {
  actualSize,
  brightness,
  comparison,
  contrast,
  differenceGain,
  imageSize,
  MOST_GAIN,
  overlayOpacity,
} from "./settings";

const COMPARISONS = [
  { value: "beside", text: "Side by side" },
  { value: "overlay", text: "Overlay" },
  { value: "difference", text: "Difference" },
  { value: "swipe", text: "Swipe" },
] as const;

/** Narrower, the names of two runs do not fit. */
const LEAST_COMPARED = 320;

/** A card for each run of each tag, or one for each tag that holds two runs against each other. */
export function ImagesPage({ dashboard }: PageProps): JSX.Element {
  const beside = comparison.value === "beside";
  const isAdjusted = brightness.value !== 1 || contrast.value !== 1;
  return (
    <div
      class="images-page"
      data-comparison={comparison.value}
      style={isAdjusted ? { "--light": `brightness(${brightness.value}) contrast(${contrast.value})` } : undefined}
    >
      <TagGroups
        kind="images"
        dashboard={dashboard}
        perRun={beside}
        cardWidth={beside ? imageSize.value : Math.max(LEAST_COMPARED, imageSize.value)}
        toolbar={<Controls />}
        render={({ tag, runs }, prefix) =>
          beside || runs.length < 2 ? (
            runs.map((run) => <ImageCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
          ) : (
            <CompareCard key={tag} tag={tag} prefix={prefix} runs={runs} />
          )
        }
      />
    </div>
  );
}

function Controls(): JSX.Element {
  return (
    <>
      <Segmented
        label="Compare runs"
        choices={COMPARISONS}
        value={comparison.value}
        testId="image-compare"
        onChange={(value) => {
          comparison.value = value;
        }}
      />
      {comparison.value === "overlay" ? (
        <NumberSlider
          label="B over A"
          value={overlayOpacity.value}
          min={0}
          max={1}
          step={0.05}
          testId="overlay-opacity"
          onChange={(value) => {
            overlayOpacity.value = value;
          }}
        />
      ) : null}
      {comparison.value === "difference" ? (
        <NumberSlider
          label="Amplify"
          value={differenceGain.value}
          min={1}
          max={MOST_GAIN}
          step={1}
          testId="difference-gain"
          onChange={(value) => {
            differenceGain.value = value;
          }}
        />
      ) : null}
      <AdjustBox />
      <Toggle label="Actual size" on={actualSize} testId="image-actual" />
      <Toggle label="Link steps" on={linked} testId="link-steps" />
      {linked.value ? <LinkedSteps /> : null}
    </>
  );
}
