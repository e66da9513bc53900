import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { NumberSlider } from "../../ui/NumberSlider";
import { Segmented } from "../../ui/Segmented";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { HistogramCard } from "./HistogramCard";
import { HistogramTooltip } from "./HistogramTooltip";
import { FEWEST_STEPS, logCounts, MOST_STEPS, mode, stepCount } from "./settings";

const MODES = [
  { value: "offset", text: "Offset" },
  { value: "overlay", text: "Overlay" },
  { value: "heat", text: "Heat map" },
  { value: "bars", text: "Single step" },
] as const;

/** A card for each run of each tag. */
export function HistogramsPage({ dashboard }: PageProps): JSX.Element {
  return (
    <>
      <TagGroups
        kind="histograms"
        dashboard={dashboard}
        perRun
        toolbar={
          <>
            <Segmented
              label="Histogram mode"
              choices={MODES}
              value={mode.value}
              testId="histogram-mode"
              onChange={(value) => {
                mode.value = value;
              }}
            />
            {mode.value === "bars" ? null : (
              <NumberSlider
                label="Steps"
                value={stepCount.value}
                min={FEWEST_STEPS}
                max={MOST_STEPS}
                step={1}
                testId="histogram-steps"
                onChange={(value) => {
                  stepCount.value = Math.round(value);
                }}
              />
            )}
            <Toggle
              label={mode.value === "heat" ? "Log colours" : "Log counts"}
              on={logCounts}
              testId="histogram-log"
            />
            {mode.value === "offset" || mode.value === "heat" ? <AxisChoice label="Vertical axis" /> : null}
          </>
        }
        render={({ tag, runs }, prefix) =>
          runs.map((run) => <HistogramCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
        }
      />
      <HistogramTooltip />
    </>
  );
}
