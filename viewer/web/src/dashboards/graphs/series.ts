/** Which boxes would be drawn as one, had their series not been taken apart. */

import { effect, signal } from "@preact/signals";
import { ungrouped } from "./settings";
import { model } from "./state";

/** By path of a block: the series that it belongs to. */
export const seriesOf = signal<ReadonlyMap<string, string>>(new Map());

let latest = 0;

effect(() => {
  const [graph, all] = [model.value, ungrouped.value];
  const mine = ++latest;
  if (!graph || all.length === 0) {
    seriesOf.value = new Map();
    return;
  }
  const asked = all.map(async (path) => (await graph.facts(path)).members.map((member) => [member, path] as const));
  void Promise.allSettled(asked).then((answers) => {
    if (mine !== latest) return;
    seriesOf.value = new Map(answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])));
  });
});
