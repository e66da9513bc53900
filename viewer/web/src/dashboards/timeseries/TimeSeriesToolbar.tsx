import type { JSX } from "preact";
import { catalog } from "../../state/log";
import { closedGroups, setClosed } from "../../state/tags";
import { IconButton } from "../../ui/IconButton";
import { Segmented } from "../../ui/Segmented";
import { seriesGroups } from "./items";
import { addPanel } from "./panels";
import { PAGE } from "./SeriesSection";
import { SERIES_KINDS, shownKinds } from "./settings";

const TEXTS = { all: "All", scalars: "Scalars", images: "Images", histograms: "Histograms" } as const;

/** Which kinds are shown, a new chart, and all groups open or closed. */
export function TimeSeriesToolbar(): JSX.Element {
  const tags = catalog.value?.tags;
  const kinds = SERIES_KINDS.filter((kind) => tags?.[kind].length || shownKinds.value === kind);
  const prefixes = seriesGroups.value.map(({ prefix }) => prefix);
  const anyOpen = prefixes.some((prefix) => !closedGroups.value.has(`${PAGE}:${prefix}`));
  return (
    <div class="series-controls">
      {kinds.length > 1 ? (
        <Segmented
          label="Kinds of cards"
          choices={(["all", ...kinds] as const).map((value) => ({ value, text: TEXTS[value] }))}
          value={shownKinds.value}
          testId="kinds"
          onChange={(kind) => {
            shownKinds.value = kind;
          }}
        />
      ) : null}
      <IconButton
        icon="plus"
        label="New chart of several tags"
        class="roomy"
        onClick={() => addPanel([])}
        testId="new-panel"
      />
      <IconButton
        icon={anyOpen ? "fold" : "unfold"}
        class="roomy"
        label={anyOpen ? "Close all groups" : "Open all groups"}
        onClick={() => setClosed(PAGE, prefixes, anyOpen)}
        testId="fold-groups"
      />
    </div>
  );
}
