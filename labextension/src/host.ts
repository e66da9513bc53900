import type { Place } from "./frame";

/** What the application around an output offers it, once the plugin is there. */
export const host: {
  /** Open a viewer in the main area; null where there is none. */
  openTab: ((place: Place) => void) | null;
} = { openTab: null };
