import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { namedRuns } from "../../api/named_runs";
import { getScalarStats, type StatsRow } from "../../api/scalar_stats";
import { dashOf } from "../../draw/colors";
import { formatCount } from "../../format/numbers";
import { chartAxis, xTag } from "../../state/axis";
import { CopyButton } from "../../ui/CopyButton";
import { IconButton } from "../../ui/IconButton";
import { Name } from "../../ui/Name";
import { Swatch } from "../../ui/Swatch";
import { useResource } from "../../ui/use_resource";
import { type ChartSpec, sameSpec } from "./chart_spec";
import { PlaceFields } from "./PlaceFields";
import { type Place, placeOf, setPlace } from "./places";
import { smoothing } from "./smoothing";
import { columnsFor, type Sorting, sortRows, type TableRow, tableText, type ValueColumn } from "./value_columns";

interface Props {
  spec: ChartSpec;
  place: Place;
  near: ReadonlySignal<boolean>;
  onHover(key: string | null): void;
}

const MOST_ROWS = 200;

/** The values of every line at a place, or what is to be said of them over a range. */
export function ValueTable({ spec, place, near, onHover }: Props): JSX.Element {
  const sorting = useSignal<Sorting>({ by: "run", descending: false });
  const wanted = useSignal(spec);
  if (!sameSpec(wanted.peek(), spec)) wanted.value = spec;
  const found = useResource(near, () => statsOf(wanted.value, placeOf(spec.id)));
  const known = found.value.value?.place ?? place;
  const columns = columnsFor(known.to !== null, smoothing.value.amount > 0);
  const rows = sortRows(rowsOf(spec, found.value.value), columns, sorting.value);
  const sort = (by: string): void => {
    const { by: before, descending } = sorting.peek();
    sorting.value = { by, descending: before === by && !descending };
  };
  return (
    <div class="value-table" data-testid="value-table" data-from={known.from} data-to={known.to ?? undefined}>
      <div class="value-head">
        <PlaceFields id={spec.id} place={place} />
        <CopyButton label="Copy as a table" text={() => tableText(rows, columns)} testId="copy-values" />
        <IconButton
          icon="close"
          label="No values (Delete)"
          onClick={() => setPlace(spec.id, null)}
          testId="clear-place"
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll what does not fit */}
      <section class="value-scroll" tabIndex={0} aria-label="Values">
        <table>
          <thead>
            <tr>
              <HeadCell
                id="run"
                text="Run"
                title="In the order of the run list"
                sorting={sorting.value}
                onSort={sort}
              />
              {columns.map(({ id, text, title }) => (
                <HeadCell key={id} id={id} text={text} title={title} sorting={sorting.value} onSort={sort} isNumber />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((row) => (
              <tr
                key={row.key}
                data-run={row.run}
                data-line-tag={row.tag}
                onMouseEnter={() => onHover(row.key)}
                onMouseLeave={() => onHover(null)}
              >
                <th scope="row">
                  <span class="value-name">
                    <Swatch color={row.color} dash={row.dash} />
                    <Name text={row.label} />
                  </span>
                </th>
                {columns.map((column) => (
                  <ValueCell key={column.id} column={column} stats={row.stats} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {found.error.value ? <p class="hint">{found.error.value}</p> : null}
        {rows.length > MOST_ROWS ? <p class="hint">{formatCount(rows.length - MOST_ROWS)} more rows</p> : null}
      </section>
    </div>
  );
}

interface HeadProps {
  id: string;
  text: string;
  title: string;
  sorting: Sorting;
  onSort(by: string): void;
  isNumber?: boolean;
}

function HeadCell({ id, text, title, sorting, onSort, isNumber }: HeadProps): JSX.Element {
  const here = sorting.by === id;
  return (
    <th
      scope="col"
      class={isNumber ? "number" : undefined}
      aria-sort={here ? (sorting.descending ? "descending" : "ascending") : "none"}
    >
      <button type="button" title={title} data-testid={`sort-${id}`} onClick={() => onSort(id)}>
        {text}
        {here && (id !== "run" || sorting.descending) ? (
          <span aria-hidden="true">{sorting.descending ? " ↓" : " ↑"}</span>
        ) : null}
      </button>
    </th>
  );
}

function ValueCell({ column, stats }: { column: ValueColumn; stats: StatsRow }): JSX.Element {
  const value = column.value(stats);
  return (
    <td class="number" data-column={column.id} data-value={value ?? undefined}>
      {value === null ? "–" : column.format(value)}
    </td>
  );
}

interface Found {
  /** What the numbers are of: while others are waited for, these stay. */
  place: Place | null;
  byTag: ReadonlyMap<string, readonly StatsRow[]>;
}

/** Reads the signals that the numbers depend on; gives what reads the numbers of each tag. */
function statsOf({ cards }: ChartSpec, place: Place | null): (signal: AbortSignal) => Promise<Found> {
  const axis = chartAxis.value;
  const { kind, amount } = smoothing.value;
  const range = place?.to == null ? { at: place?.from } : { from: place.from, to: place.to };
  const query = {
    ...{ x: axis, x_tag: axis === "tag" ? xTag.value : undefined, ...range },
    ...{ smoothing: amount || undefined, kind: amount && kind !== "ema" ? kind : undefined },
  };
  return async (signal) => {
    if (!place) return { place, byTag: new Map() };
    const answers = cards.map(async ({ tag, runs, runsWithTag }) => {
      const names = runs.map(({ name }) => name);
      const run = namedRuns(names, runsWithTag);
      const { rows } = await getScalarStats({ tag, run, ...query }, signal);
      return [tag, rows] as const;
    });
    return { place, byTag: new Map(await Promise.all(answers)) };
  };
}

function rowsOf({ cards }: ChartSpec, found: Found | null): TableRow[] {
  const several = cards.length > 1;
  return cards.flatMap(({ tag, runs }, at) => {
    const stats = new Map(found?.byTag.get(tag)?.map((row) => [row.run, row] as const));
    return runs.map(({ name, color, lap }) => ({
      key: several ? `${tag}\n${name}` : name,
      ...{ run: name, tag, color, dash: dashOf(several ? at : lap) },
      label: several ? `${name} · ${tag}` : name,
      stats: stats.get(name) ?? { run: name, total: 0 },
    }));
  });
}
