/** Groups of runs that charts show as one line with a band: by folder, by a pattern, by a hyperparameter. */

import { computed } from "@preact/signals";
import type { Center, Spread } from "../../api/scalar_groups";
import { folderOf, valueKey } from "../../runs/groups";
import { choiceCodec, flagCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";
import { columnOf, want } from "../../state/run_columns";
import { runNames } from "../../state/run_names";
import { keysByPattern } from "../../state/run_pattern";
import { shownRuns } from "../../state/runs";
import { coloredGroups, type KeyedRun } from "./grouping";

export type GroupBy = { by: "run" | "folder" } | { by: "regex" | "hparam"; of: string };

const MOST_LETTERS = 1000;

export const groupByCodec: Codec<GroupBy> = {
  read: ([by, of = ""]) => {
    if (by === "run" || by === "folder") return { by };
    return by === "regex" || by === "hparam" ? { by, of: of.slice(0, MOST_LETTERS) } : undefined;
  },
  write: (choice) => ("of" in choice ? [choice.by, choice.of] : [choice.by]),
};

export const groupBy = hashSignal<GroupBy>("group", { by: "run" }, groupByCodec);
export const groupCenter = hashSignal<Center>("group-center", "mean", choiceCodec(["mean", "median"]));
export const groupBand = hashSignal<Spread>("group-band", "std", choiceCodec(["std", "minmax", "sem", "ci95"]));

/** Whether the runs of a group are drawn faintly beneath its line. */
export const showMembers = hashSignal<boolean>("group-runs", false, flagCodec);

want(
  computed(() => {
    const choice = groupBy.value;
    return choice.by === "hparam" && choice.of ? [{ of: null, name: choice.of }] : [];
  }),
);

const byPattern = keysByPattern(
  computed(() => {
    const choice = groupBy.value;
    return choice.by === "regex" && choice.of ? choice.of : null;
  }),
);

/** What is wrong with the pattern, in words. */
export const patternError = byPattern.mistake;

/** The key of each run's group, by its name; a run without one is in no group. */
const keys = computed<ReadonlyMap<string, string | null>>(() => {
  const choice = groupBy.value;
  const names = runNames.value;
  if (choice.by === "folder") return new Map(names.map((name) => [name, folderOf(name)]));
  if (choice.by === "regex") return (choice.of && byPattern.keys.value) || new Map();
  const column = choice.by === "hparam" ? columnOf({ of: null, name: choice.of }) : null;
  if (!Array.isArray(column)) return new Map();
  return new Map(
    names.map((name, at) => {
      const value = valueKey(column[at] ?? []);
      return [name, value === null || choice.by !== "hparam" ? null : `${choice.of}=${value}`];
    }),
  );
});

/** The groups of the shown runs; null while each run stands for itself. */
export const runGroups = computed(() => {
  const choice = groupBy.value;
  if (choice.by === "run" || ("of" in choice && !choice.of)) return null;
  const keyed = shownRuns.value.map((run): KeyedRun => ({ run, key: keys.value.get(run.name) ?? null }));
  return coloredGroups(keyed, choice.by === "hparam");
});
