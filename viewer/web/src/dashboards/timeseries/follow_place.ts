/** Images and histograms follow the place that is chosen in the charts, as long as steps stand on their axis. */

import { effect } from "@preact/signals";
import { linked, linkedStep } from "../../media/linked";
import { chartAxis } from "../../state/axis";
import { linkPlaces, placeOfAll } from "../scalars/places";

let before: boolean | null = null;

/** Link the media to the charts; each shows its step at or before the place, or the end of the range. */
export const followPlaces = (): (() => void) =>
  effect(() => {
    const place = linkPlaces.value && chartAxis.value === "step" ? placeOfAll.value : null;
    if (place) {
      before ??= linked.peek();
      linked.value = true;
      linkedStep.value = Math.round(place.to ?? place.from);
    } else if (before !== null) {
      linked.value = before;
      linkedStep.value = null;
      before = null;
    }
  });
