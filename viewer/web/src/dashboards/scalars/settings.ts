/** How all scalar charts show their data. */

import { choiceCodec, flagCodec, numberCodec, setCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

/** Leave the lowest and highest values out of the y axis where they are few. Off: a spike is often what one looks for. */
export const ignoreOutliers = hashSignal<boolean>("outliers", false, flagCodec);

/** Draw the points as well that a restart has made void, faintly. */
export const showSuperseded = hashSignal<boolean>("superseded", false, flagCodec);

/** Show the same part of the x axis on all charts. */
export const linkZoom = hashSignal<boolean>("link", false, flagCodec);

export const TOOLTIP_ORDERS = ["high", "low", "name", "near"] as const;
export type TooltipOrder = (typeof TOOLTIP_ORDERS)[number];

/** How the rows of the tooltip are ordered: highest first, lowest first, by name, nearest to the pointer first. */
export const tooltipOrder = hashSignal<TooltipOrder>("tooltip", "high", choiceCodec(TOOLTIP_ORDERS));

export const MOST_TOOLTIP_ROWS = 1000;
/** More would hide much of the page. */
export const USUAL_TOOLTIP_ROWS = 24;
/** The most rows of the tooltip, if so many fit. */
export const tooltipRows = hashSignal<number>("tooltip-rows", USUAL_TOOLTIP_ROWS, numberCodec(1, MOST_TOOLTIP_ROWS));

/** Charts whose cards take the whole width: tags, and panels by their ids. */
export const wideTags = hashSignal<ReadonlySet<string>>("wide", new Set(), setCodec);

export function toggleWide(id: string): void {
  const next = new Set(wideTags.peek());
  if (!next.delete(id)) next.add(id);
  wideTags.value = next;
}
