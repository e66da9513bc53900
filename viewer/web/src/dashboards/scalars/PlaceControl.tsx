import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { lazily } from "../../ui/lazily";
import { PanelButton } from "../../ui/PanelButton";
import { formatPlace } from "./place_words";
import { linkPlaces, placeOfAll, placesOfCharts } from "./places";

const PlacePanel = lazily(async () => (await import("./PlacePanel")).PlacePanel);

/** Values at a place or over a range, of all charts at once. */
export function PlaceControl(): JSX.Element {
  const place = placeOfAll.value;
  const words = place ? [place.from, ...(place.to === null ? [] : [place.to])].map(formatPlace).join("–") : "";
  const chosen = linkPlaces.value ? place !== null : placesOfCharts.value.size > 0;
  return (
    <PanelButton
      label="Values at a place or over a range"
      look={chosen ? "choice-button chosen" : "choice-button roomy"}
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
          <PlacePanel />
        </div>
      )}
    </PanelButton>
  );
}
