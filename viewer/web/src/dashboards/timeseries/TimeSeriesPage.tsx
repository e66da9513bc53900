import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { NothingToShow } from "../../frame/NothingToShow";
import { tagFilter } from "../../state/tags";
import { FilterBox } from "../../ui/FilterBox";
import type { PageProps } from "../dashboard";
import { ScalarToolbar } from "../scalars/ScalarToolbar";
import { ScalarTooltip } from "../scalars/ScalarTooltip";
import { followPlaces } from "./follow_place";
import { seriesGroups } from "./items";
import { companions } from "./LazyCard";
import { PinnedSection } from "./PinnedSection";
import { pins } from "./pins";
import { SeriesSection } from "./SeriesSection";
import { TimeSeriesToolbar } from "./TimeSeriesToolbar";

/** Scalars, images and histograms on one page, the pinned ones on top. */
export function TimeSeriesPage({ dashboard }: PageProps): JSX.Element {
  const groups = seriesGroups.value;
  useEffect(followPlaces, []);
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="View">
        <FilterBox filter={tagFilter} label="Filter tags" testId="tag-filter" />
        <TimeSeriesToolbar />
        <div class="toolbar-controls scalar-controls">
          <ScalarToolbar />
        </div>
      </div>
      <div class="groups" data-kind="timeseries">
        <PinnedSection />
        {groups.length || pins.value.length ? null : <NothingToShow dashboard={dashboard} />}
        {groups.map((group) => (
          <SeriesSection key={group.prefix} group={group} />
        ))}
      </div>
      <ScalarTooltip />
      {companions.value.map((Companion, at) => (
        <Companion key={at} />
      ))}
    </>
  );
}
