/**
 * Colours of runs, the same on all pages: those the viewer gives, or one for each group of runs, and on top of either
 * what was chosen for single runs.
 */

import { computed } from "@preact/signals";
import { liftOnDark } from "../draw/colors";
import { type ColorBy, folderOf, type Grouping, groupRuns, isColor, NO_GROUP_COLOR, valueKey } from "../runs/groups";
import { type Codec, hashSignal } from "./hash";
import { catalog } from "./log";
import { columnOf, want } from "./run_columns";
import { runNames } from "./run_names";
import { keysByPattern } from "./run_pattern";
import { appearance } from "./theme";

/** As `--surface` in the dark theme. */
const DARK_SURFACE = "#161a21";
/** So many choices for single runs fit into an address. */
const MOST_CHOSEN = 200;
const MOST_LETTERS = 1000;

const byCodec: Codec<ColorBy> = {
  read: ([by, of = ""]) => {
    if (by === "run" || by === "folder") return { by };
    return (by === "regex" || by === "hparam") && of ? { by, of: of.slice(0, MOST_LETTERS) } : undefined;
  },
  write: (choice) => ("of" in choice ? [choice.by, choice.of] : [choice.by]),
};

/** What runs share that have one colour. */
export const colorBy = hashSignal<ColorBy>("color-by", { by: "run" }, byCodec);

const chosenCodec: Codec<ReadonlyMap<string, string>> = {
  read: (values) => {
    const chosen = new Map<string, string>();
    for (const value of values.slice(-MOST_CHOSEN)) {
      const color = `#${value.slice(0, 6)}`;
      if (isColor(color) && value[6] === ":") chosen.set(value.slice(7), color);
    }
    return chosen.size ? chosen : undefined;
  },
  write: (chosen) => [...chosen].slice(-MOST_CHOSEN).map(([name, color]) => `${color.slice(1)}:${name}`),
};

/** Colours that were chosen for single runs, by name. */
export const chosenColors = hashSignal<ReadonlyMap<string, string>>("color", new Map(), chosenCodec);

/** Give runs a colour of their own; null: that which they would have otherwise. */
export function chooseColor(names: readonly string[], color: string | null): void {
  const next = new Map(chosenColors.peek());
  for (const name of names) {
    next.delete(name);
    if (color) next.set(name, color.toLowerCase());
  }
  chosenColors.value = new Map([...next].slice(-MOST_CHOSEN));
}

want(
  computed(() => {
    const choice = colorBy.value;
    return choice.by === "hparam" ? [{ of: null, name: choice.of }] : [];
  }),
);

const byPattern = keysByPattern(computed(() => (colorBy.value.by === "regex" ? colorBy.value.of : null)));

/** What is wrong with the choice, in words. */
export const colorMistake = computed<string | null>(() => {
  const choice = colorBy.value;
  if (choice.by === "regex") return byPattern.mistake.value;
  const column = choice.by === "hparam" ? columnOf({ of: null, name: choice.of }) : null;
  return typeof column === "string" ? column : null;
});

/** The groups that colours stand for; null where each run has its own. */
export const grouping = computed<Grouping | null>(() => {
  const choice = colorBy.value;
  const names = runNames.value;
  if (choice.by === "folder") return groupRuns(names.map(folderOf));
  if (choice.by === "regex") {
    const keys = byPattern.keys.value;
    return keys && groupRuns(names.map((name) => keys.get(name) ?? null));
  }
  if (choice.by === "hparam") {
    const column = columnOf({ of: null, name: choice.of });
    return Array.isArray(column) ? groupRuns(column.map(valueKey), { isOrdered: true }) : null;
  }
  return null;
});

/** The colour that a run has, or would have without one of its own, as it is on the light theme. */
export function chosenOrGiven(name: string): string {
  const index = runNames.value.indexOf(name);
  const given = catalog.value?.runs[index]?.color ?? "";
  return chosenColors.value.get(name) ?? grouping.value?.groupOf[index]?.color ?? given;
}

export interface RunColor {
  color: string;
  lap: number;
}

const lifted = new Map<string, string>();

/** A colour as it is drawn: dark ones are lifted on the dark theme. */
export function drawnColor(color: string): string {
  if (appearance.value !== "dark") return color;
  let light = lifted.get(color);
  if (light === undefined) {
    light = liftOnDark(color, DARK_SURFACE);
    lifted.set(color, light);
  }
  return light;
}

/** The colour that a drawn one was before it was lifted for the dark theme. */
export function unliftedColor(drawn: string): string {
  for (const [color, light] of lifted) if (light === drawn) return color;
  return drawn;
}

/** The colour of each run, in the order of the catalog. */
export const runColors = computed<readonly RunColor[]>(() => {
  const laps = new Map<string, number>();
  const groups = grouping.value;
  const chosen = chosenColors.value;
  return (catalog.value?.runs ?? []).map(({ name, color: given }, index) => {
    const own = chosen.get(name);
    if (own) return { color: drawnColor(own), lap: 0 };
    const group = groups?.groupOf[index];
    if (group) return { color: drawnColor(group.color), lap: group.lap };
    const color = isColor(given) ? given : NO_GROUP_COLOR;
    const lap = laps.get(color) ?? 0;
    laps.set(color, lap + 1);
    return { color: drawnColor(color), lap };
  });
});
