/** What sessions can be compared by: hyperparameters, what came of metrics, how and when the session went. */

import type { HParamInfo, HParams } from "../../api/hparams";
import type { MetricKind } from "../../api/metrics";
import type { Runs } from "../../api/types";
import type { Cell } from "../../table/cells";
import { ABOVE, hparamCell, runOf, type SessionRow } from "./sessions";
import { SHOWN, type Shown } from "./settings";

export interface Metric {
  tag: string;
  group: string;
  /** Null: as all columns do. */
  shown: Shown | null;
}

export interface Field {
  id: string;
  kind: "hparam" | "metric" | "session";
  title: string;
  /** What stands before the title in small print. */
  over: string;
  description: string;
  numeric: boolean;
  /** Shown unless it is hidden. */
  isUsual: boolean;
  /** Of a hyperparameter. */
  info?: HParamInfo;
  metric?: Metric;
}

export const STATUS = "s:status";
export const STARTED = "s:started";
export const DURATION = "s:duration";

/** Hyperparameters that are the same everywhere are not shown by themselves, nor more than this many of the others. */
const USUAL_HPARAMS = 24;
const USUAL_METRICS = 8;

export const hparamId = (name: string): string => `h:${name}`;

export const metricId = (tag: string, group: string, shown: Shown | null): string => `m:${shown ?? ""}:${group}:${tag}`;

/** Every field, in the order in which columns stand by themselves. */
export function allFields(said: HParams, sessions: readonly SessionRow[], log: Runs): Field[] {
  return [...sessionFields(), ...hparamFields(said, sessions), ...metricFields(said, sessions, log)];
}

function sessionFields(): Field[] {
  const field = (id: string, title: string, numeric: boolean, isUsual: boolean): Field => ({
    ...{ id, title, numeric, isUsual, kind: "session" as const },
    ...{ over: "", description: "" },
  });
  return [
    field(STATUS, "Status", false, true),
    field(STARTED, "Started", true, false),
    field(DURATION, "Duration", true, false),
  ];
}

function hparamFields(said: HParams, sessions: readonly SessionRow[]): Field[] {
  const few = sessions.length < 2;
  const usual = said.hparams.filter(({ differs }) => differs || few).slice(0, USUAL_HPARAMS);
  return said.hparams.map((info) => ({
    id: hparamId(info.name),
    kind: "hparam",
    title: info.display_name || info.name,
    over: "",
    description: info.description,
    numeric: isNumeric(sessions.map((one) => hparamCell(one, info))),
    isUsual: usual.includes(info),
    info,
  }));
}

function isNumeric(cells: readonly Cell[]): boolean {
  return (
    cells.some((cell) => typeof cell === "number") && cells.every((cell) => cell === null || typeof cell === "number")
  );
}

/** Metrics that the log names, then every other scalar of the sessions' runs; of each one column for each kind. */
function metricFields(said: HParams, sessions: readonly SessionRow[], log: Runs): Field[] {
  const named = said.metrics.map(({ tag, group, display_name, description }) => ({
    tag,
    group,
    display_name,
    description,
  }));
  const known = new Set(named.map(({ tag, group }) => `${group}\n${tag}`));
  const others = scalarsOf(sessions, log).filter(({ tag, group }) => !known.has(`${group}\n${tag}`));
  const metrics = [
    ...named.map((metric, at) => ({ ...metric, isUsual: at < USUAL_METRICS })),
    ...others.map((metric) => ({ ...metric, display_name: "", description: "", isUsual: false })),
  ];
  return metrics.flatMap(({ tag, group, display_name, description, isUsual }) =>
    [null, ...SHOWN].map((shown): Field => {
      const isPlain = !display_name || display_name === (group ? `${group}.${tag}` : tag);
      const slash = tag.lastIndexOf("/");
      return {
        id: metricId(tag, group, shown),
        kind: "metric",
        title: isPlain ? tag.slice(slash + 1) || tag : display_name,
        over: isPlain
          ? [group === ABOVE ? "" : group, tag.slice(0, Math.max(0, slash))].filter(Boolean).join(" · ")
          : group,
        description,
        numeric: true,
        isUsual: isUsual && shown === null,
        metric: { tag, group, shown },
      };
    }),
  );
}

/** Scalars of the runs of all families, with the place of the run in its family. */
function scalarsOf(sessions: readonly SessionRow[], log: Runs): { tag: string; group: string }[] {
  const entries = new Map(log.runs.map((run) => [run.name, run.scalars]));
  const found = new Map<string, Set<number>>();
  for (const { run, family, parent } of sessions) {
    for (const member of family) {
      const group =
        member === run ? "" : parent && member === parent ? ABOVE : run === "." ? member : member.slice(run.length + 1);
      const tags = found.get(group) ?? new Set<number>();
      found.set(group, tags);
      for (const index of entries.get(member) ?? []) tags.add(index);
    }
  }
  return [...found].flatMap(([group, tags]) =>
    [...tags].sort((a, b) => a - b).map((index) => ({ tag: log.tags.scalars[index] ?? "", group })),
  );
}

/** What has to be read of a metric. */
export function kindOf(metric: Metric, usual: Shown, higher: boolean): Exclude<MetricKind, "at"> {
  const shown = metric.shown ?? usual;
  return shown === "best" ? (higher ? "max" : "min") : shown;
}

/** What a field is of one session. */
export function cellOf(
  field: Field,
  one: SessionRow,
  metricValue: (run: string, metric: Metric) => number | null,
): Cell {
  if (field.info) return hparamCell(one, field.info);
  if (field.metric) {
    const run = runOf(one, field.metric.group);
    return run === null ? null : metricValue(run, field.metric);
  }
  const [started, ended] = [one.session.started, one.session.ended].map((time) =>
    time === null ? null : Number(time),
  );
  if (field.id === STATUS) return one.session.status;
  if (field.id === STARTED) return started ?? null;
  return started === null || started === undefined || ended === null || ended === undefined ? null : ended - started;
}
