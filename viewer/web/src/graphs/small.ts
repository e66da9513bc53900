/** Operations that are folded onto what they feed: constants, weights, and lists of these; and summaries. */

import type { GraphTable } from "../api/graphs";
import type { Wires } from "./wires";

/** Values that are part of the program; which of them are one and the same says nothing. */
const LITERAL = /^(?:const|constant|constantofshape|prim::constant)$/i;
/** Weights and other state. */
const STATE =
  /^(?:prim::getattr|variable|variablev2|varhandleop|varisinitializedop|parameter|initializer|readvariableop)$/i;
/** What is as constant as what it is made of. */
const PASSING = /^(?:prim::listconstruct|prim::tupleconstruct|identity|readvariableop|cast)$/i;
const SUMMARY = /summary/i;

export interface Small {
  /** Constant operations, those first that others are made of. */
  constants: Int32Array;
  /** By operation: whether it is made of nothing but literals. */
  isLiteral: Uint8Array;
  summaries: Int32Array;
}

export function smallOf(table: GraphTable, wires: Wires): Small {
  const { op, ops } = table;
  const literal = ops.map((name) => LITERAL.test(name));
  const state = ops.map((name) => STATE.test(name));
  const passing = ops.map((name) => PASSING.test(name));
  const open = new Int32Array(op.length);
  const isLiteral = new Uint8Array(op.length);
  const found: number[] = [];
  for (let at = 0; at < op.length; at++) {
    open[at] = wires.into.of(at).length;
    const type = op[at] ?? 0;
    if (open[at] || !(literal[type] || state[type])) continue;
    isLiteral[at] = literal[type] ? 1 : 0;
    found.push(at);
  }
  for (let place = 0; place < found.length; place++) {
    for (const edge of wires.out.of(found[place] ?? 0)) {
      const next = wires.target[edge] ?? 0;
      open[next] = (open[next] ?? 0) - 1;
      if (open[next] || !passing[op[next] ?? 0]) continue;
      isLiteral[next] = wires.into.of(next).every((into) => isLiteral[wires.source[into] ?? 0]) ? 1 : 0;
      found.push(next);
    }
  }
  return { constants: Int32Array.from(found), isLiteral, summaries: summariesOf(table, wires) };
}

/** Operations that only write down what they are fed. */
function summariesOf(table: GraphTable, wires: Wires): Int32Array {
  const isSummary = table.ops.map((name) => SUMMARY.test(name));
  const found: number[] = [];
  for (let at = 0; at < table.op.length; at++) {
    const feeds = wires.out.of(at).length;
    if (isSummary[table.op[at] ?? 0] && !feeds && wires.into.of(at).length) found.push(at);
  }
  return Int32Array.from(found);
}
