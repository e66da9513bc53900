/** Groups of runs that charts show as one line with a band: by folder, by a pattern, by a hyperparameter. */

import { computed, effect, signal } from "@preact/signals";
import { getHParams, type HParams } from "../../api/hparams";
import type { Center, Spread } from "../../api/scalar_groups";
import { Matcher } from "../../regex/matcher";
import { choiceCodec, flagCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";
import { revision } from "../../state/log";
import { runs, type ShownRun, shownRuns } from "../../state/runs";
import { coloredGroups, folderOf, type KeyedRun, valueOfRun } from "./grouping";

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

/** What the viewer says of hyperparameters; null until somebody needs it. */
export const sessions = signal<HParams | null>(null);
/** Whether somebody looks at the list of hyperparameters. */
export const wantsHParams = signal(false);

effect(() => {
  if (groupBy.value.by !== "hparam" && !wantsHParams.value) return;
  revision.value;
  getHParams().then(
    (answer) => {
      sessions.value = answer;
    },
    () => undefined,
  );
});

const matcher = new Matcher();
/** What the pattern found in each name. */
const patternKeys = signal<ReadonlyMap<string, string | null>>(new Map());

/** What is wrong with the pattern, in words. */
export const patternError = signal<string | null>(null);

effect(() => {
  const choice = groupBy.value;
  const names = runs.value.map((run) => run.name);
  patternError.value = null;
  if (choice.by !== "regex" || !choice.of) return;
  void matcher.groups(choice.of, names).then((result) => {
    if (!result) return;
    patternError.value = "error" in result ? result.error : null;
    if ("keys" in result) patternKeys.value = new Map(names.map((name, at) => [name, result.keys[at] ?? null]));
  });
});

function keyOfRun({ name }: ShownRun): string | null {
  const choice = groupBy.value;
  if (choice.by === "folder") return folderOf(name);
  if (choice.by === "regex") return choice.of ? (patternKeys.value.get(name) ?? null) : null;
  if (choice.by !== "hparam") return null;
  const value = valueOfRun(sessions.value?.sessions ?? [], name, choice.of);
  return value === undefined ? null : `${choice.of}=${value}`;
}

/** The groups of the shown runs; null while each run stands for itself. */
export const runGroups = computed(() => {
  const choice = groupBy.value;
  if (choice.by === "run" || ("of" in choice && !choice.of)) return null;
  const keyed = shownRuns.value.map((run): KeyedRun => ({ run, key: keyOfRun(run) }));
  return coloredGroups(keyed, choice.by === "hparam");
});
