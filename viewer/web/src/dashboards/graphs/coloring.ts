/** What boxes are coloured by, and what the colours say: the legend's rows. */

import type { Appearance } from "../../draw/colors";
import { distinctColor, rampColor } from "../../draw/ramp";
import type { Box, Overview } from "../../graphs/scene";

export type ColorMode = "structure" | "type" | "device" | "time" | "memory" | "none";
export const COLOR_MODES: readonly ColorMode[] = ["structure", "type", "device", "time", "memory", "none"];

export const MODE_WORDS: Readonly<Record<ColorMode, string>> = {
  structure: "Structure",
  type: "Operation type",
  device: "Device",
  time: "Compute time",
  memory: "Memory",
  none: "Nothing",
};

/** Types beyond these share one colour, which is none. */
export const MOST_TYPES = 18;

/** What a graph can be coloured by: times only where they were measured. */
export const modesOf = ({ devices, hasTime, hasMemory }: Overview): ColorMode[] =>
  COLOR_MODES.filter(
    (mode) =>
      (mode !== "device" || devices.length > 0) && (mode !== "time" || hasTime) && (mode !== "memory" || hasMemory),
  );

export interface Coloring {
  mode: ColorMode;
  overview: Overview;
  appearance: Appearance;
  /** Devices whose times and memory do not count, by their number. */
  unticked: ReadonlySet<number>;
}

/** Two blocks side by side get colours that are told apart. */
const structureColor = (structure: number, appearance: Appearance): string => distinctColor(structure, appearance);

/** What a box is tinted with, `#rrggbb`; null for nothing. */
export function colorOf({ mode, overview, appearance, unticked }: Coloring): (box: Box) => string | null {
  const types = new Map(overview.opTypes.slice(0, MOST_TYPES).map(({ name }, at) => [name, at]));
  const amount = (value: number | null, most: number, device: number): string | null =>
    value === null || !(most > 0) || unticked.has(device) ? null : rampColor(value / most, appearance);
  switch (mode) {
    case "structure":
      return ({ structure, kind }) => (kind === "op" || structure < 0 ? null : structureColor(structure, appearance));
    case "type":
      return ({ op }) => {
        const at = types.get(op);
        return at === undefined ? null : distinctColor(at, appearance);
      };
    case "device":
      return ({ device }) => (device >= 0 ? distinctColor(device, appearance) : null);
    case "time":
      return ({ time, device }) => amount(time, overview.maxTime, device);
    case "memory":
      return ({ memory, device }) => amount(memory, overview.maxMemory, device);
    case "none":
      return () => null;
  }
}

export interface LegendRow {
  color: string | null;
  words: string;
  /** How often, or how much. */
  note: string;
}

/** What the colours stand for, where each is a thing of its own; `boxes` are those that are drawn. */
export function legendRows(coloring: Coloring, boxes: readonly Box[]): LegendRow[] {
  const { mode, overview, appearance } = coloring;
  if (mode === "type") {
    const rows = overview.opTypes.slice(0, MOST_TYPES).map(({ name, count }, at) => ({
      color: distinctColor(at, appearance),
      words: name,
      note: String(count),
    }));
    const others = overview.opTypes.slice(MOST_TYPES);
    const rest = others.reduce((sum, { count }) => sum + count, 0);
    return others.length ? [...rows, { color: null, words: `${others.length} other types`, note: String(rest) }] : rows;
  }
  if (mode === "device") {
    const rows = overview.devices.map((name, at) => ({ color: distinctColor(at, appearance), words: name, note: "" }));
    return [...rows, { color: null, words: "Several, or none", note: "" }];
  }
  if (mode === "structure") {
    const groups = new Map<number, { names: string[]; count: number }>();
    for (const { structure, kind, name } of boxes) {
      if (kind === "op" || structure < 0) continue;
      const group = groups.get(structure) ?? { names: [], count: 0 };
      if (group.names.length < 3) group.names.push(name);
      group.count += 1;
      groups.set(structure, group);
    }
    return [...groups]
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, MOST_TYPES)
      .map(([structure, { names, count }]) => ({
        color: structureColor(structure, appearance),
        words: [...new Set(names)].join(", ") + (count > names.length ? ", …" : ""),
        note: String(count),
      }));
  }
  return [];
}
