/** Which graph is shown and how; all of it is in the address. */

import type { Direction } from "../../graphs/scene";
import { choiceCodec, flagCodec, textCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";
import { COLOR_MODES, type ColorMode } from "./coloring";

/** Longer lists hold as long as the page is open: browsers and chat programs cut longer addresses. */
const MOST_LETTERS = 4000;

const pathsCodec: Codec<readonly string[]> = {
  read: (values) => values.filter(Boolean),
  write: (paths) => {
    let letters = 0;
    for (const path of paths) letters += path.length + 12;
    return letters > MOST_LETTERS ? [] : [...paths];
  },
};

const devicesCodec: Codec<ReadonlySet<number>> = {
  read: (values) => new Set(values.map(Number).filter((value) => Number.isInteger(value) && value >= 0)),
  write: (devices) => [...devices].map(String),
};

export type Tracing = "off" | "inputs" | "outputs";

/** Of the graph; empty for the first there is. */
export const chosenRun = hashSignal("graph-run", "", textCodec);
export const chosenTag = hashSignal("graph-tag", "", textCodec);
export const chosenForm = hashSignal("graph-form", "", textCodec);
/** Which of those logged under the tag, from 0; empty for the last. */
export const chosenIndex = hashSignal("graph-index", "", textCodec);

/** Paths of boxes: those that are open, and those that the reader moved. */
export const opened = hashSignal<readonly string[]>("graph-open", [], pathsCodec);
export const extracted = hashSignal<readonly string[]>("graph-out", [], pathsCodec);
export const included = hashSignal<readonly string[]>("graph-in", [], pathsCodec);
export const ungrouped = hashSignal<readonly string[]>("graph-ungrouped", [], pathsCodec);
export const direction = hashSignal<Direction>("graph-way", "down", choiceCodec(["down", "right"]));

/** Path of the chosen box; empty for none. */
export const selected = hashSignal("graph-node", "", textCodec);
export const tracing = hashSignal<Tracing>("graph-trace", "off", choiceCodec(["off", "inputs", "outputs"]));

export const colorMode = hashSignal<ColorMode>("graph-color", "structure", choiceCodec(COLOR_MODES));
/** Devices whose times and memory do not count. */
export const unticked = hashSignal<ReadonlySet<number>>("graph-without", new Set(), devicesCodec);

const isNarrow = innerWidth < 1000;
export const panelOpen = hashSignal("graph-panel", !isNarrow, flagCodec);
export const legendOpen = hashSignal("graph-legend", innerWidth >= 760, flagCodec);
export const mapOpen = hashSignal("graph-map", innerWidth >= 760, flagCodec);

export const sought = hashSignal("graph-find", "", textCodec);
export const soughtIsPattern = hashSignal("graph-regex", false, flagCodec);
