import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { PanelButton } from "../../ui/PanelButton";
import { PlaceFields } from "./PlaceFields";
import { formatPlace } from "./place_words";
import { linkPlaces, placeOfAll, placesOfCharts, setLinkedPlaces } from "./places";

/** Values at a place or over a range, of all charts at once. */
export function PlaceControl(): JSX.Element {
  const place = placeOfAll.value;
  const words = place ? [place.from, ...(place.to === null ? [] : [place.to])].map(formatPlace).join("–") : "";
  const chosen = linkPlaces.value ? place !== null : placesOfCharts.value.size > 0;
  return (
    <PanelButton
      label="Values at a place or over a range"
      look={chosen ? "choice-button chosen" : "choice-button"}
      button={
        <>
          <span class="choice-text">{linkPlaces.value && words ? `Values at ${words}` : "Values"}</span>
          <Icon name="more" size={12} />
        </>
      }
      testId="values"
      panelTestId="values-panel"
    >
      {() => (
        <div class="group-panel">
          <p class="panel-words">
            Click or drag just below a chart, or type here, for a table of values under each chart. An empty second
            field means a single place.
          </p>
          {linkPlaces.value ? <PlaceFields id="" place={placeOfAll.value} /> : null}
          <label class="toggle">
            <input
              type="checkbox"
              class="checkbox"
              checked={linkPlaces.value}
              data-testid="link-places"
              onChange={(event) => setLinkedPlaces(event.currentTarget.checked)}
            />
            One place for all charts, images and histograms
          </label>
          <button
            type="button"
            class="button small"
            disabled={!chosen}
            data-testid="clear-places"
            onClick={() => {
              placeOfAll.value = null;
              placesOfCharts.value = new Map();
            }}
          >
            No values
          </button>
        </div>
      )}
    </PanelButton>
  );
}
