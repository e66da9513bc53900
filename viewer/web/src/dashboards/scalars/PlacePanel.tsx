import type { JSX } from "preact";
import { PlaceFields } from "./PlaceFields";
import { linkPlaces, placeOfAll, placesOfCharts, setLinkedPlaces } from "./places";

/** The place of all charts, typed; whether it is one for all. */
export function PlacePanel(): JSX.Element {
  return (
    <>
      <p class="panel-words">
        Click or drag just below a chart, or type here, for a table of values under each chart. An empty second field
        means a single place.
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
        disabled={!placeOfAll.value && !placesOfCharts.value.size}
        data-testid="clear-places"
        onClick={() => {
          placeOfAll.value = null;
          placesOfCharts.value = new Map();
        }}
      >
        No values
      </button>
    </>
  );
}
