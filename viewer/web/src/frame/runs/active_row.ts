/** The row that the keyboard is at, by what it shows: rows come and go around it. */

import { computed, signal } from "@preact/signals";
import type { TreeNode } from "../../runs/tree";
import { rows } from "../../state/run_list";
import { listedRuns } from "../../state/runs";

/** `/` cannot begin the name of a run, so no folder has the key of a run. */
export const keyOf = (node: TreeNode): string =>
  node.kind === "folder" ? `/${node.path}` : (listedRuns.peek()[node.run]?.name ?? "");

const wanted = signal("");

/** Place of the row among those that are seen; 0 until one was gone to. */
export const activeIndex = computed(() =>
  wanted.value
    ? Math.max(
        0,
        rows.value.findIndex(({ node }) => keyOf(node) === wanted.value),
      )
    : 0,
);

export function goToRow(index: number): void {
  const row = rows.peek()[Math.max(0, Math.min(rows.peek().length - 1, index))];
  if (row) wanted.value = keyOf(row.node);
}
