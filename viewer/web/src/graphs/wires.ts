/** What feeds what, by operation: edges of the table as lists. */

import type { GraphTable } from "../api/graphs";
import { type Lists, listsBy } from "./layout/ranks";

export interface Wires {
  source: readonly number[];
  target: readonly number[];
  /** Numbers of the edges that leave an operation. */
  out: Lists;
  /** Numbers of the edges that arrive at one. */
  into: Lists;
  isControl(edge: number): boolean;
}

export function wiresOf({ name, edges }: GraphTable): Wires {
  const { source, target, port } = edges;
  return {
    source,
    target,
    out: listsBy(name.length, source.length, (at) => source[at] ?? 0),
    into: listsBy(name.length, source.length, (at) => target[at] ?? 0),
    isControl: (edge) => (port[edge] ?? 0) < 0,
  };
}
