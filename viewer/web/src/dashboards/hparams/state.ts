/** What the page has read, and what follows from that: fields, rows, which of them the filters leave, their colours. */

import { batch, computed, effect, signal } from "@preact/signals";
import type { HParams } from "../../api/hparams";
import { distinctColor, rampColor } from "../../draw/ramp";
import { Matcher } from "../../regex/matcher";
import { NO_GROUP_COLOR } from "../../runs/groups";
import { higherIsBetter } from "../../state/directions";
import { catalog } from "../../state/log";
import { MetricColumns, type Wanted } from "../../state/metric_columns";
import { isSelected, listedRuns, runByName, selection } from "../../state/runs";
import type { Selection } from "../../state/selection";
import { appearance } from "../../state/theme";
import { type Cell, formatCell } from "../../table/cells";
import { type Matches, passes } from "../../table/filters";
import { commonCell, foldNumbers } from "../../table/fold";
import { inOrder } from "../../table/order";
import { sortRows } from "../../table/sort";
import { allFields, cellOf, type Field, kindOf, type Metric, STARTED, STATUS } from "./fields";
import { makeScale, type Scale, usualScale } from "./scale";
import { groupRows, type Row, sessionRows, singleRow } from "./sessions";
import {
  across,
  added,
  colorBy,
  down,
  filters,
  foldBy,
  folding,
  following,
  hidden,
  ignored,
  order,
  type ScaleKind,
  scales,
  shownKind,
  sort,
} from "./settings";

/** The last answer; null until there is one. */
export const said = signal<HParams | null>(null);
/** The revision of the last answer, also of one that said nothing new. */
export const taken = { revision: -1 };
export const store = new MetricColumns();

/** The row that is pointed at, wherever that is, and the one that was clicked in a drawing. */
export const pointed = signal<string | null>(null);
export const pinned = signal<string | null>(null);
/** Groups whose sessions are listed. */
export const opened = signal<ReadonlySet<string>>(new Set());

const RAMP_STEPS = 64;

export const sessions = computed(() =>
  sessionRows(
    said.value?.sessions ?? [],
    (catalog.value?.runs ?? []).map(({ name }) => name),
  ),
);

export const fields = computed<ReadonlyMap<string, Field>>(() => {
  const [answer, log] = [said.value, catalog.value];
  if (!answer || !log) return new Map();
  return new Map(allFields(answer, sessions.value, log).map((field) => [field.id, field]));
});

/** What has a column, in order. */
export const columns = computed<readonly Field[]>(() => {
  const shown = [...fields.value.values()].filter(({ id, isUsual }) =>
    isUsual ? !hidden.value.has(id) : added.value.has(id),
  );
  const ids = inOrder(
    shown.map(({ id }) => id),
    order.value,
  );
  return ids.flatMap((id) => fields.value.get(id) ?? []);
});

/** The columns that are an axis: what differs and is neither status nor time. */
export const axes = computed(() => columns.value.filter(({ kind }) => kind !== "session"));

/** The matrix is for looking at a few columns each way. */
const USUAL_ACROSS = 6;
const USUAL_DOWN = 3;

const chosenFields = (ids: readonly string[], usual: readonly Field[]): readonly Field[] =>
  ids.length ? ids.flatMap((id) => fields.value.get(id) ?? []) : usual;

const ofKind = (kind: Field["kind"], most: number): Field[] =>
  axes.value.filter((field) => field.kind === kind).slice(0, most);

export const acrossFields = computed(() => chosenFields(across.value, ofKind("hparam", USUAL_ACROSS)));
export const downFields = computed(() => chosenFields(down.value, ofKind("metric", USUAL_DOWN)));

export const metricKind = (metric: Metric): ReturnType<typeof kindOf> =>
  kindOf(metric, shownKind.value, higherIsBetter(metric.tag));

/** Everything of metrics that a column, an order, a filter or a colour needs. */
export const wanted = computed<Wanted[]>(() => {
  const drawn = [...acrossFields.value, ...downFields.value].map(({ id }) => id);
  const ids = [
    ...columns.value.map(({ id }) => id),
    ...drawn,
    ...sort.value.map(({ id }) => id),
    ...filters.value.keys(),
  ];
  const found = new Map<string, Wanted>();
  for (const id of [...ids, colorField.value?.id ?? ""]) {
    const metric = fields.value.get(id)?.metric;
    if (metric) found.set(id, { tag: metric.tag, kind: metricKind(metric) });
  }
  return [...new Map([...found.values()].map((one) => [`${one.kind}\n${one.tag}`, one])).values()];
});

/** Sessions that the run list lists, one row each or one for all that repeat each other. */
export const allRows = computed<readonly Row[]>(() => {
  const listed = new Set(listedRuns.value.map(({ name }) => name));
  const shown = sessions.value.filter(({ family }) => family.some((run) => listed.has(run)));
  if (!folding.value) return shown.map((one) => singleRow(one));
  return groupRows(shown, said.value?.hparams ?? [], ignored.value);
});

export const hasGroups = computed(() => allRows.value.some(({ isGroup }) => isGroup));

/** Cells by field and row, each worked out once until something that it depends on has changed. */
const cells = computed(() => {
  store.changed.value;
  const [fold, kind] = [foldBy.value, shownKind.value];
  const memo = new Map<string, WeakMap<Row, Cell>>();
  const metricValue = (run: string, metric: Metric): number | null =>
    store.value(run, metric.tag, kindOf(metric, kind, higherIsBetter(metric.tag)));
  const single = (field: Field, one: Row["sessions"][number]): Cell => cellOf(field, one, metricValue);
  const whole = (field: Field, row: Row): Cell => {
    const found = row.sessions.map((one) => single(field, one));
    if (!row.isGroup) return found[0] ?? null;
    if (field.id === STARTED) return foldNumbers(found, "min");
    const common = field.kind === "metric" ? undefined : commonCell(found);
    if (common !== undefined) return common;
    return field.id === STATUS ? "mixed" : field.numeric ? foldNumbers(found, fold) : null;
  };
  return {
    of: (field: Field, row: Row): Cell => {
      const known = knownOrMade(memo, field.id, () => new WeakMap<Row, Cell>());
      const cell = known.get(row);
      if (cell !== undefined) return cell;
      const made = whole(field, row);
      known.set(row, made);
      return made;
    },
    each: (field: Field, row: Row): Cell[] => row.sessions.map((one) => single(field, one)),
  };
});

/** What a row has in a field; of several sessions what they have in common, or the mean (median, lowest, highest). */
export const cellOfRow = (field: Field, row: Row): Cell => cells.value.of(field, row);

/** What each of its sessions has. */
export const cellsOfRow = (field: Field, row: Row): Cell[] => cells.value.each(field, row);

/** What the patterns of text filters have matched so far, and what is wrong with them. */
export const matches = signal<Matches>(new Map());
export const patternErrors = signal<ReadonlyMap<string, string>>(new Map());
const matchers = new Map<string, Matcher>();

effect(() => {
  const asked = [...filters.value].flatMap(([id, filter]) => {
    const field = fields.value.get(id);
    return filter.kind === "text" && field ? [{ field, pattern: filter.pattern }] : [];
  });
  const rows = allRows.value;
  for (const { field, pattern } of asked) {
    const texts = [...new Set(rows.flatMap((row) => cellsOfRow(field, row).map(formatCell)))];
    const matcher = knownOrMade(matchers, field.id, () => new Matcher());
    void matcher.match(pattern, texts).then((result) => {
      if (result === null) return;
      batch(() => {
        patternErrors.value = changed(patternErrors.peek(), field.id, "error" in result ? result.error : null);
        if ("matched" in result) {
          const matched = new Set(texts.filter((_, index) => result.matched[index]));
          matches.value = changed(matches.peek(), field.id, matched);
        }
      });
    });
  }
});

function knownOrMade<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function changed<T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}

/** Whether the filters let a row through; of several sessions, one with the right hyperparameters is enough. */
export const passing = computed<ReadonlySet<Row>>(() => {
  const active = [...filters.value].flatMap(([id, filter]) => {
    const field = fields.value.get(id);
    return field ? [{ field, filter, matched: matches.value.get(id) }] : [];
  });
  const lets = (row: Row): boolean =>
    active.every(({ field, filter, matched }) =>
      field.kind === "metric" || !row.isGroup
        ? passes(cellOfRow(field, row), filter, matched)
        : cellsOfRow(field, row).some((cell) => passes(cell, filter, matched)),
    );
  return new Set(allRows.value.filter(lets));
});

export const NAME = "run";

/** The rows of the table: those that pass, in order, each open group followed by its sessions. */
export const tableRows = computed<readonly Row[]>(() => {
  const cellBy = (id: string): ((row: Row) => Cell) | undefined => {
    if (id === NAME) return (row) => row.name;
    const field = fields.value.get(id);
    return field && ((row) => cellOfRow(field, row));
  };
  const top = sortRows([...passing.value], sort.value, cellBy);
  if (!opened.value.size) return top;
  return top.flatMap((row) => {
    if (!row.isGroup || !opened.value.has(row.key)) return [row];
    const members = row.sessions.map((one) => singleRow(one, row.key));
    return [row, ...sortRows(members, sort.value, cellBy)];
  });
});

export const familyOf = (row: Row): string[] => [...new Set(row.sessions.flatMap(({ family }) => family))];

/** A row is drawn if it passes and one of its sessions is ticked. */
export const isTicked = (chosen: Selection, row: Row): boolean =>
  row.sessions.some(({ run }) => isSelected(chosen, run));

export const scaleOf = (field: Field): Scale => scaleMap.value(field);

/** How the axis of a field is: as somebody said, or as its values ask for. */
export const scaleKindOf = (field: Field): ScaleKind => scales.value.get(field.id) ?? usualScale(columnCells(field));

const columnCells = (field: Field): Cell[] => allRows.value.map((row) => cellOfRow(field, row));

const scaleMap = computed(() => {
  cells.value;
  allRows.value;
  scales.value;
  const made = new Map<string, Scale>();
  return (field: Field): Scale => knownOrMade(made, field.id, () => makeScale(columnCells(field), scaleKindOf(field)));
});

/** What lines and points are coloured by; null for the run. */
export const colorField = computed<Field | null>(() => {
  if (colorBy.value === NAME) return null;
  return fields.value.get(colorBy.value) ?? columns.value.find(({ kind }) => kind === "metric") ?? null;
});

/** The colour of each row, `#rrggbb`. */
export const colorOf = computed<(row: Row) => string>(() => {
  const [field, look, known] = [colorField.value, appearance.value, runByName.value];
  if (!field) return (row) => known.get(row.sessions[0]?.run ?? "")?.color ?? NO_GROUP_COLOR;
  const scale = scaleMap.value(field);
  return (row) => {
    const cell = cellOfRow(field, row);
    const at = scale.position(cell);
    if (Number.isNaN(at)) return NO_GROUP_COLOR;
    if (scale.kind !== "category") return rampColor(at, look);
    return distinctColor(Math.round(at * scale.categories.length - 0.5), look);
  };
});

/** Whether the values are here that filters go by: without them no row would pass. */
function areFiltersKnown(): boolean {
  store.changed.value;
  return [...filters.value.keys()].every((id) => {
    const metric = fields.value.get(id)?.metric;
    return !metric || store.has(metric.tag, metricKind(metric));
  });
}

/** The colours that stand for the values of a field, from low to high; null if it is not what colours go by. */
export function colorsOf(field: Field): string[] | null {
  if (field.id !== colorField.value?.id) return null;
  const [{ kind, categories }, look] = [scaleOf(field), appearance.value];
  if (kind === "category") return categories.map((_, at) => distinctColor(at, look));
  return Array.from({ length: RAMP_STEPS }, (_, at) => rampColor(at / (RAMP_STEPS - 1), look));
}

let before: Selection | null = null;

/** While that is asked for, those runs are ticked that the filters leave; `selection` is as it was when it ends. */
effect(() => {
  if (!following.value) {
    if (before) selection.value = before;
    before = null;
    return;
  }
  if (!said.value || !areFiltersKnown()) return;
  before ??= selection.peek();
  const names = new Set([...passing.value].flatMap(familyOf));
  const now = selection.peek();
  const same = now.mode === "only" && now.names.size === names.size && [...names].every((name) => now.names.has(name));
  if (!same) selection.value = { mode: "only", names };
});
