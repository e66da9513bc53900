import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { Segmented } from "../../ui/Segmented";
import { TagGroups } from "../../ui/TagGroups";
import type { PageProps } from "../dashboard";
import { HistogramCard } from "./HistogramCard";
import { HistogramTooltip } from "./HistogramTooltip";
import { mode } from "./settings";

const MODES = [
  { value: "offset", text: "Offset" },
  { value: "overlay", text: "Overlay" },
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
            <AxisChoice label="Offset axis" />
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
