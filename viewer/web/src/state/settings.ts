/** What the settings panel sets for all pages. */

import { flagCodec, numberCodec } from "./codecs";
import { preference, remembered } from "./preference";
import { chooseTheme } from "./theme";

const USUAL_PERIOD_S = 1;
export const LEAST_PERIOD_S = 0.5;
export const MOST_PERIOD_S = 3600;

const USUAL_CARDS = 24;
export const MOST_CARDS = 1000;

/** Whether the page asks by itself what is new. */
export const reloads = remembered<boolean>("reload", true, flagCodec);

/** Seconds between two questions what is new. */
export const reloadPeriod = remembered<number>(
  "reload-period",
  USUAL_PERIOD_S,
  numberCodec(LEAST_PERIOD_S, MOST_PERIOD_S),
);

/** How many cards a page of a group holds; 0: all. `Pager` turns the pages. */
export const cardsPerPage = preference<number>("cards", USUAL_CARDS, numberCodec(0, MOST_CARDS));

export function restoreDefaults(): void {
  reloads.value = true;
  reloadPeriod.value = USUAL_PERIOD_S;
  cardsPerPage.value = USUAL_CARDS;
  chooseTheme("system");
}
