/** Operations that are folded onto what they feed: constants, weights, and lists of these; and summaries. */

import type { GraphTable } from "../api/graphs";
import type { Wires } from "./wires";

const CONSTANT =
  /^(?:const|constant|constantofshape|prim::constant|prim::getattr|variable|variablev2|varhandleop|varisinitializedop|parameter|initializer|readvariableop)$/i;
/** What is as constant as what it is made of. */
const PASSING = /^(?:prim::listconstruct|prim::tupleconstruct|identity|readvariableop|cast)$/i;
const SUMMARY = /summary/i;

/** Constant operations, those first that others are made of. */
export function constantsOf(table: GraphTable, wires: Wires): Int32Array {
  const { op, ops } = table;
  const isConstant = ops.map((name) => CONSTANT.test(name));
  const isPassing = ops.map((name) => PASSING.test(name));
  const open = new Int32Array(op.length);
  const found: number[] = [];
  for (let at = 0; at < op.length; at++) {
    open[at] = wires.into.of(at).length;
    if (!open[at] && isConstant[op[at] ?? 0]) found.push(at);
  }
  for (let place = 0; place < found.length; place++) {
    for (const edge of wires.out.of(found[place] ?? 0)) {
      const next = wires.target[edge] ?? 0;
      open[next] = (open[next] ?? 0) - 1;
      if (!open[next] && isPassing[op[next] ?? 0]) found.push(next);
    }
  }
  return Int32Array.from(found);
}

/** Operations that only write down what they are fed. */
export function summariesOf(table: GraphTable, wires: Wires): Int32Array {
  const isSummary = table.ops.map((name) => SUMMARY.test(name));
  const found: number[] = [];
  for (let at = 0; at < table.op.length; at++) {
    const feeds = wires.out.of(at).length;
    if (isSummary[table.op[at] ?? 0] && !feeds && wires.into.of(at).length) found.push(at);
  }
  return Int32Array.from(found);
}
