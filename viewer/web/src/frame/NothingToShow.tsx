import type { JSX } from "preact";
import type { Dashboard } from "../dashboards/dashboard";
import type { Filter } from "../regex/filter";
import { catalog, connection, status } from "../state/log";
import { listedRuns, runFilter, selectListed, shownRuns } from "../state/runs";
import { tagFilter } from "../state/tags";
import { EmptyLog } from "./EmptyLog";
import { loadingProgress, progressWords } from "./loading";
import { Notice } from "./Notice";

/** Why a page has no cards, and what to do about it. */
export function NothingToShow({ dashboard }: { dashboard: Dashboard }): JSX.Element | null {
  const { words, call } = dashboard;
  const log = catalog.value;
  if (status.value === null || (status.value.state === "loading" && !log)) {
    return connection.value.state === "lost" ? null : <Reading />;
  }
  if (!log || log.runs.length === 0) return <EmptyLog />;
  if (dashboard.count(log) === 0) {
    return (
      <Notice title={`No ${words} in this log yet`} testId="no-tags">
        <p>They appear here as soon as a run writes some:</p>
        <pre class="snippet">{call}</pre>
      </Notice>
    );
  }
  if (listedRuns.value.length === 0) return <ClearFilter what="run" filter={runFilter} />;
  if (shownRuns.value.length === 0) {
    return (
      <Notice title="No run is ticked" testId="no-runs">
        <p>Tick runs in the list on the left, or double-click one to see it alone.</p>
        <button type="button" class="button" onClick={() => selectListed(true)}>
          Tick all runs
        </button>
      </Notice>
    );
  }
  if (tagFilter.matched.value?.size === 0 || tagFilter.text.value) return <ClearFilter what="tag" filter={tagFilter} />;
  return (
    <Notice title={`The ticked runs have no ${words}`} testId="no-match">
      <p>Other runs in the list have some.</p>
    </Notice>
  );
}

function Reading(): JSX.Element {
  const progress = loadingProgress.value;
  return (
    <Notice title="Reading the log…" busy>
      {progress ? <p>{progressWords(progress)}</p> : null}
    </Notice>
  );
}

function ClearFilter({ what, filter }: { what: "run" | "tag"; filter: Filter }): JSX.Element {
  return (
    <Notice title={`No ${what} here matches the filter`} testId="no-match">
      <p>
        The {what} filter is <code>{filter.text.value}</code>.
      </p>
      <button
        type="button"
        class="button"
        onClick={() => {
          filter.text.value = "";
        }}
      >
        Clear the {what} filter
      </button>
    </Notice>
  );
}
