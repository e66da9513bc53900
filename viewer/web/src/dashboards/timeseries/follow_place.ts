/** Images and histograms follow the place that is chosen in the charts, as long as steps stand on their axis. */

import { effect } from "@preact/signals";
import { linked, linkedStep } from "../../media/linked";
import { chartAxis } from "../../state/axis";
import { chosenStep, type Mode, mode } from "../histograms/settings";
import { linkPlaces, placeOfAll } from "../scalars/places";

/** How they were before they followed. */
let before: { linked: boolean; mode: Mode } | null = null;

/** Each shows its step at or before the place, or before the end of a range; histograms that one step alone. */
export const followPlaces = (): (() => void) =>
  effect(() => {
    const place = linkPlaces.value && chartAxis.value === "step" ? placeOfAll.value : null;
    if (place) {
      before ??= { linked: linked.peek(), mode: mode.peek() };
      linked.value = true;
      mode.value = "bars";
      linkedStep.value = chosenStep.value = Math.round(place.to ?? place.from);
    } else if (before !== null) {
      linked.value = before.linked;
      mode.value = before.mode;
      linkedStep.value = null;
      chosenStep.value = Number.NaN;
      before = null;
    }
  });
