/** What stands on the axis of progress: steps, time since a run's start, or the clock. One choice for all pages. */

import { computed } from "@preact/signals";
import type { ChartAxis, XAxis } from "../api/client";
import { choiceCodec, textCodec } from "./codecs";
import { hashSignal } from "./hash";

export const xAxis = hashSignal<XAxis>("x", "step", choiceCodec(["step", "relative", "wall"]));

/** A scalar that stands on the axis of the scalar charts instead; empty: none. */
export const xTag = hashSignal<string>("xtag", "", textCodec);

/** The axis of the scalar charts. */
export const chartAxis = computed<ChartAxis>(() => (xTag.value ? "tag" : xAxis.value));

/** What the axis shows, by name: what is said of one says nothing of another. */
export const xAxisName = computed<string>(() => (xTag.value ? `tag ${xTag.value}` : xAxis.value));

/** Choose one of the three axes that every page has. */
export function chooseAxis(axis: XAxis): void {
  xTag.value = "";
  xAxis.value = axis;
}
