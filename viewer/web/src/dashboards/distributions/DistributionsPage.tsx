import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { NumberSlider } from "../../ui/NumberSlider";
import { TagGroups } from "../../ui/TagGroups";
import type { PageProps } from "../dashboard";
import { DistributionCard } from "./DistributionCard";
import { DistributionTooltip } from "./DistributionTooltip";
import { FEWEST_STEPS, MOST_STEPS, stepCount } from "./settings";

/** A card for each run of each tag: bands at max, 93, 84, 69, 50, 31, 16, 7 % and min. */
export function DistributionsPage({ dashboard }: PageProps): JSX.Element {
  return (
    <>
      <TagGroups
        kind="histograms"
        dashboard={dashboard}
        perRun
        toolbar={
          <>
            <span
              class="bands-key"
              title="Bands, from the outside: min–max, 7–93 %, 16–84 %, 31–69 %; the line is the median"
            >
              min–max, 7–93, 16–84, 31–69 %, median
            </span>
            <NumberSlider
              label="Steps"
              value={stepCount.value}
              min={FEWEST_STEPS}
              max={MOST_STEPS}
              step={1}
              testId="distribution-steps"
              onChange={(value) => {
                stepCount.value = Math.round(value);
              }}
            />
            <AxisChoice label="Horizontal axis" />
          </>
        }
        render={({ tag, runs }, prefix) =>
          runs.map((run) => <DistributionCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
        }
      />
      <DistributionTooltip />
    </>
  );
}
