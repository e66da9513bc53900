import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { chooseColor } from "../../state/run_colors";
import { runByName, setSelected, soloRun } from "../../state/runs";
import { copyText } from "../../ui/copy";
import { Floating } from "../../ui/Floating";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import { windowAround } from "../../ui/tooltip_place";
import { drawnValue, type Hit } from "./chart/nearest";
import { type Folded, foldNames } from "./fold_names";
import { orderHits, type Pointed, pinned, pointed, unpin } from "./pointed";
import { type TooltipOrder, tooltipOrder, tooltipRows } from "./settings";
import { tooltipText } from "./tooltip_text";

const ROW_PX = 20;
const CHROME_PX = 88;

export const ORDERS: readonly { value: TooltipOrder; text: string }[] = [
  { value: "high", text: "Highest first" },
  { value: "low", text: "Lowest first" },
  { value: "name", text: "By name" },
  { value: "near", text: "Nearest first" },
];

/** One box for all charts: every run at the pointer, the closest one bold; what is pinned stays until it is closed. */
export function ScalarTooltip(): JSX.Element | null {
  if (pinned.value) return <Pinned now={pinned.value} />;
  return pointed.value?.hits.length ? <Passing now={pointed.value} /> : null;
}

function Passing({ now }: { now: Pointed }): JSX.Element {
  const hits = orderHits(now, tooltipOrder.value);
  const fitting = Math.max(3, Math.floor((innerHeight - CHROME_PX) / ROW_PX));
  const room = Math.min(fitting, tooltipRows.value);
  const at = tooltipOrder.value === "near" || !now.closest ? 0 : hits.indexOf(now.closest);
  const { first, last } = windowAround(at, hits.length, room);
  const more = hits.length - (last - first);
  return (
    <Floating x={now.clientX} y={now.clientY} keepClear={now.plot} testId="tooltip" tag={now.tag}>
      <Table hits={hits.slice(first, last)} all={hits} chosen={now.closest} />
      <Notes notes={now.notes} />
      {more > 0 ? <div class="tooltip-more">and {more} more</div> : null}
      <div class="tooltip-more">Click or press p to keep this open</div>
    </Floating>
  );
}

function Pinned({ now }: { now: Pointed }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const chosen = useSignal<Hit | null>(now.closest);
  const copied = useSignal(false);
  const hits = orderHits(now, tooltipOrder.value);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      // The box is on top: what lies beneath, such as a card over the whole page, stays for the next Escape.
      event.stopImmediatePropagation();
      unpin();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, []);
  useEffect(() => {
    chosen.value = now.closest;
    copied.value = false;
    root.current?.querySelector(".closest")?.scrollIntoView({ block: "nearest" });
  }, [now]);
  const copy = async (): Promise<void> => {
    copied.value = await copyText(tooltipText(hits));
  };
  return (
    <Floating x={now.clientX} y={now.clientY} keepClear={now.plot} testId="tooltip" tag={now.tag} rootRef={root} pinned>
      <div class="tooltip-head">
        <span class="tooltip-tag">{now.tag}</span>
        <Select
          label="Order of the rows"
          choices={ORDERS}
          value={tooltipOrder.value}
          testId="tooltip-order"
          onChange={(order) => {
            tooltipOrder.value = order;
          }}
        />
        <IconButton
          icon={copied.value ? "check" : "copy"}
          label={copied.value ? "Copied" : "Copy as a table"}
          onClick={() => void copy()}
          testId="tooltip-copy"
        />
        <IconButton icon="close" label="Close (Escape)" onClick={unpin} testId="tooltip-close" />
      </div>
      <div class="tooltip-scroll">
        <Table
          hits={hits}
          all={hits}
          chosen={chosen.value}
          onChoose={(hit) => {
            chosen.value = hit;
          }}
        />
      </div>
      <Notes notes={now.notes} />
      {chosen.value && !chosen.value.line.band ? <RunActions hit={chosen.value} /> : null}
    </Floating>
  );
}

function Notes({ notes }: { notes: readonly string[] }): JSX.Element | null {
  if (!notes.length) return null;
  return (
    <ul class="tooltip-notes" data-testid="tooltip-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** What can be done with the run of a row. */
function RunActions({ hit }: { hit: Hit }): JSX.Element {
  const { run } = hit.line;
  const act = (action: () => void) => (): void => {
    action();
    unpin();
  };
  return (
    <div class="tooltip-actions" data-testid="run-actions" data-run={run}>
      <input
        type="color"
        class="run-color"
        title="Choose its colour"
        aria-label={`Colour of ${run}`}
        value={runByName.value.get(run)?.color ?? hit.line.color}
        data-testid="run-color"
        onChange={(event) => chooseColor([run], event.currentTarget.value)}
      />
      <span class="tooltip-run-name" title={run}>
        {run}
      </span>
      <button type="button" class="button small" data-testid="only-run" onClick={act(() => soloRun(run))}>
        Only this run
      </button>
      <button type="button" class="button small" data-testid="hide-run" onClick={act(() => setSelected([run], false))}>
        Hide
      </button>
    </div>
  );
}

interface TableProps {
  hits: readonly Hit[];
  /** Names are folded by what all have in common, shown or not. */
  all: readonly Hit[];
  chosen: Hit | null;
  onChoose?(hit: Hit): void;
}

function Table({ hits, all, chosen, onChoose }: TableProps): JSX.Element {
  const smoothed = all.some((hit) => hit.line.raw !== null);
  const banded = all.some((hit) => hit.line.band !== null);
  const folded = foldNames(all.map((hit) => hit.line.label));
  const rests = new Map(all.map((hit, index) => [hit, folded.rests[index] ?? ""]));
  return (
    <table>
      <thead>
        <tr>
          <th colSpan={2}>
            Run <Common folded={folded} />
          </th>
          {smoothed ? <th class="number">Smoothed</th> : null}
          <th class="number">Value</th>
          {banded ? <th class="number">Band</th> : null}
          {banded ? <th class="number">Runs</th> : null}
          <th class="number">Step</th>
          <th class="number when">Time</th>
          <th class="number when">Relative</th>
        </tr>
      </thead>
      <tbody>
        {hits.map((hit, index) => (
          <Row
            // Rows stand still and change what they say: moving them takes longer.
            key={onChoose ? hit.line.key : index}
            hit={hit}
            name={rests.get(hit) ?? hit.line.label}
            bold={hit.line.key === chosen?.line.key}
            smoothed={smoothed}
            banded={banded}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What is left out of each name, once. */
function Common({ folded: { prefix, suffix } }: { folded: Folded }): JSX.Element | null {
  if (!prefix && !suffix) return null;
  return (
    <span class="tooltip-common" title={`${prefix}…${suffix}`} data-testid="tooltip-common">
      {prefix}…{suffix}
    </span>
  );
}

interface RowProps {
  hit: Hit;
  name: string;
  bold: boolean;
  smoothed: boolean;
  banded: boolean;
  onChoose: ((hit: Hit) => void) | undefined;
}

function Row({ hit, name, bold, smoothed, banded, onChoose }: RowProps): JSX.Element {
  const { curve, color, run, tag, label } = hit.line;
  const time = curve.wallTime[hit.index] ?? Number.NaN;
  return (
    <tr
      class={bold ? "closest" : undefined}
      data-run={run}
      data-line-tag={tag}
      data-value={hit.value}
      data-drawn={drawnValue(hit)}
      data-step={curve.step[hit.index]}
      onClick={onChoose && (() => onChoose(hit))}
    >
      <td>
        <span class="swatch" style={{ background: color }} />
      </td>
      <td class="tooltip-run" title={label}>
        {name}
      </td>
      {smoothed ? <td class="number">{formatValue(hit.smoothed)}</td> : null}
      <td class="number">{formatValue(hit.value)}</td>
      {banded ? <td class="number tooltip-band">{bandOf(hit)}</td> : null}
      {banded ? <td class="number">{formatCount(hit.line.band?.count[hit.index] ?? 1)}</td> : null}
      <td class="number">{formatCount(curve.step[hit.index] ?? Number.NaN)}</td>
      <td class="number when">{formatWallTime(time)}</td>
      <td class="number when">{formatDuration(time - curve.start)}</td>
    </tr>
  );
}

/** How far the runs of a group spread at the pointer. */
function bandOf({ line: { band }, index }: Hit): string {
  return band ? `${formatValue(band.low[index] ?? Number.NaN)} … ${formatValue(band.high[index] ?? Number.NaN)}` : "";
}
