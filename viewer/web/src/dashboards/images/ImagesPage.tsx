import type { JSX } from "preact";
import { NumberSlider } from "../../ui/NumberSlider";
import { TagGroups } from "../../ui/TagGroups";
import type { PageProps } from "../dashboard";
import { ImageCard } from "./ImageCard";
import { imageSize, LEAST_SIZE, MOST_SIZE } from "./settings";

/** A card for each run of each tag. */
export function ImagesPage({ dashboard }: PageProps): JSX.Element {
  return (
    <TagGroups
      kind="images"
      dashboard={dashboard}
      perRun
      cardWidth={imageSize.value}
      toolbar={
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
      }
      render={({ tag, runs }, prefix) =>
        runs.map((run) => <ImageCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
      }
    />
  );
}
