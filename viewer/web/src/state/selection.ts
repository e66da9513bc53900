/** Which runs are ticked, as it stands in the address. */

import type { Codec } from "./hash";

/**
 * `auto`: nobody has chosen. `except`: all but these, and a run that appears later is shown. `only`: these and no others,
 * so that a choice of one run is not disturbed by new ones.
 */
export interface Selection {
  mode: "auto" | "except" | "only";
  names: ReadonlySet<string>;
}

/** Longer choices hold as long as the page is open; browsers and chat programs cut longer addresses. */
const MOST_LETTERS = 16_000;

export const selectionCodec: Codec<Selection> = {
  read: ([mode, ...names]) => (mode === "except" || mode === "only" ? { mode, names: new Set(names) } : undefined),
  write: ({ mode, names }) => {
    if (mode === "auto") return [];
    let letters = 0;
    for (const name of names) letters += name.length + 8;
    return letters > MOST_LETTERS ? [] : [mode, ...names];
  },
};
