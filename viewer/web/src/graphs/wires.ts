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
  /** By edge: the number of the tensor that it carries; what leaves one output by several edges is one tensor. */
  tensor: Int32Array;
  tensors: number;
}

export function wiresOf({ name, edges }: GraphTable): Wires {
  const { source, target, port } = edges;
  return {
    source,
    target,
    out: listsBy(name.length, source.length, (at) => source[at] ?? 0),
    into: listsBy(name.length, source.length, (at) => target[at] ?? 0),
    isControl: (edge) => (port[edge] ?? 0) < 0,
    ...tensorsOf(source, port),
  };
}

function tensorsOf(source: readonly number[], port: readonly number[]): Pick<Wires, "tensor" | "tensors"> {
  const most = port.reduce((found, one) => Math.max(found, one), 0) + 2;
  const numbers = new Map<number, number>();
  const tensor = new Int32Array(source.length);
  for (let at = 0; at < source.length; at++) {
    const key = (source[at] ?? 0) * most + (port[at] ?? 0) + 1;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
    }
    tensor[at] = number;
  }
  return { tensor, tensors: numbers.size };
}
