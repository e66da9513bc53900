/**
 * How far axes reach and how values lie along them, as somebody has set it: for all charts, for tags that match a pattern,
 * or for one chart. In the address: `axes=y,log,0,:match:loss$`.
 */

import { computed, effect, signal } from "@preact/signals";
import { Matcher } from "../../regex/matcher";
import { type Codec, hashSignal } from "../../state/hash";
import { catalog } from "../../state/log";
import type { Bounds } from "./chart/extent";
import { SCALE_KINDS, type ScaleKind } from "./chart/scale";

/** The y axis, or what the x axis shows: bounds in steps mean nothing in seconds. */
export type AxisName = string;
export type Scope = "all" | "match" | "tag";
/** Null: as a wider scope says. `auto`: as far as there are values, whatever a wider scope says. */
export type Bound = number | "auto" | null;

export interface AxisSetting {
  scale: ScaleKind | null;
  min: Bound;
  max: Bound;
}

export interface Rule extends AxisSetting {
  axis: AxisName;
  scope: Scope;
  /** The tag or the pattern; empty for all. */
  name: string;
}

export interface ResolvedAxis {
  kind: ScaleKind;
  bounds: Bounds;
}

export const UNSET: AxisSetting = { scale: null, min: null, max: null };
const SCOPES: readonly Scope[] = ["all", "match", "tag"];
/** Each pattern is matched against all tags. */
const MOST_PATTERNS = 32;

function readBound(text: string | undefined): Bound | undefined {
  if (!text) return null;
  if (text === "auto") return "auto";
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function readRule(text: string): Rule[] {
  const [head = "", scope = "", ...rest] = text.split(":");
  const [axis = "", scale = "", low, high, ...more] = head.split(",");
  const [min, max] = [readBound(low), readBound(high)];
  const known = SCOPES.find((candidate) => candidate === scope);
  const kind = SCALE_KINDS.find((candidate) => candidate === scale) ?? null;
  if (!axis || !known || min === undefined || max === undefined || more.length || (scale && !kind)) return [];
  if (!kind && min === null && max === null) return [];
  return [{ axis: decodeURIComponent(axis), scope: known, name: rest.join(":"), scale: kind, min, max }];
}

export const rulesCodec: Codec<readonly Rule[]> = {
  read: (values) => values.flatMap(readRule),
  write: (rules) =>
    rules.map(
      ({ axis, scale, min, max, scope, name }) =>
        `${encodeURIComponent(axis)},${scale ?? ""},${min ?? ""},${max ?? ""}:${scope}:${name}`,
    ),
};

export const rules = hashSignal<readonly Rule[]>("axes", [], rulesCodec);

export const findRule = (from: readonly Rule[], axis: AxisName, scope: Scope, name: string): Rule | undefined =>
  from.find((rule) => rule.axis === axis && rule.scope === scope && rule.name === name);

/** Set what is said for an axis in a scope; what is left unset takes the rule away. */
export function setRule(axis: AxisName, scope: Scope, name: string, setting: AxisSetting): void {
  const others = rules.peek().filter((rule) => rule.axis !== axis || rule.scope !== scope || rule.name !== name);
  const isUnset = setting.scale === null && setting.min === null && setting.max === null;
  rules.value = isUnset ? others : [...others, { axis, scope, name, ...setting }];
}

/** What holds for an axis of a tag's chart: the chart's own rule before those of patterns, the later first, before all. */
export function resolveAxis(
  from: readonly Rule[],
  axis: AxisName,
  tag: string,
  matches: (pattern: string, tag: string) => boolean,
): ResolvedAxis {
  const relevant = from.filter((rule) => rule.axis === axis);
  const ordered = [
    ...relevant.filter(({ scope, name }) => scope === "tag" && name === tag),
    ...relevant.filter(({ scope, name }) => scope === "match" && matches(name, tag)).reverse(),
    ...relevant.filter(({ scope }) => scope === "all"),
  ];
  const first = (end: "min" | "max"): number | null => {
    const set = ordered.find((rule) => rule[end] !== null)?.[end];
    return typeof set === "number" ? set : null;
  };
  return { kind: ordered.find((rule) => rule.scale)?.scale ?? "linear", bounds: [first("min"), first("max")] };
}

/** Which scalar tags each pattern of a rule matches, found in the worker. */
const matched = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
/** What is wrong with a pattern. */
export const patternErrors = signal<ReadonlyMap<string, string>>(new Map());

const patterns = computed(() =>
  [...new Set(rules.value.filter((rule) => rule.scope === "match").map((rule) => rule.name))].slice(0, MOST_PATTERNS),
);
const tags = computed(() => catalog.value?.tags.scalars ?? []);
const matcher = new Matcher();
let turn = 0;

effect(() => void matchAll(patterns.value, tags.value, ++turn));

async function matchAll(wanted: readonly string[], names: readonly string[], own: number): Promise<void> {
  if (!wanted.length) return;
  const found = new Map<string, ReadonlySet<string>>();
  const errors = new Map<string, string>();
  for (const pattern of wanted) {
    const result = await matcher.match(pattern, names);
    if (own !== turn || result === null) return;
    if ("error" in result) errors.set(pattern, result.error);
    else found.set(pattern, new Set(names.filter((_, index) => result.matched[index])));
  }
  matched.value = found;
  patternErrors.value = errors;
}

/** The same for the rules of this page; reads signals. */
export const axisOf = (axis: AxisName, tag: string): ResolvedAxis =>
  resolveAxis(rules.value, axis, tag, (pattern, name) => matched.value.get(pattern)?.has(name) ?? false);

/** What is said of an axis of all charts; reads signals. */
export const scaleOfAll = (axis: AxisName): ScaleKind => findRule(rules.value, axis, "all", "")?.scale ?? "linear";

/** `linear` is what holds anyway: then nothing is said. */
export function setScaleOfAll(axis: AxisName, scale: ScaleKind): void {
  const own = findRule(rules.peek(), axis, "all", "") ?? UNSET;
  setRule(axis, "all", "", { min: own.min, max: own.max, scale: scale === "linear" ? null : scale });
}
