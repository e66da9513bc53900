import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { rampColor } from "../../draw/ramp";
import { formatCount, formatValue } from "../../format/numbers";
import { appearance } from "../../state/theme";
import { NumberSlider } from "../../ui/NumberSlider";
import { VirtualRows } from "../../ui/VirtualRows";
import type { ClassEntry, Coloring } from "./coloring";
import { colorIndex, coloring, labelIndex, table } from "./columns";
import { catchPoints } from "./marking";
import { fromBase } from "./points";
import { ColumnSelect, Section } from "./Section";
import { colorAs, colorColumn, labelColumn, pointSize } from "./settings";

/** What colours and names the points, and what the colours mean. */
export function ColorSection(): JSX.Element {
  const rows = table.value;
  const names = rows?.names ?? [];
  return (
    <Section title="Colour and names" testId="proj-coloring">
      {rows ? (
        <>
          <ColumnSelect
            label="Colour by"
            names={names}
            value={colorIndex.value}
            none="nothing"
            testId="proj-color"
            onChange={(column) => {
              colorColumn.value = column === null ? "-" : `=${names[column] ?? ""}`;
            }}
          />
          <ClassesChoice />
          <ColumnSelect
            label="Name by"
            names={names}
            value={labelIndex.value}
            testId="proj-label"
            onChange={(column) => {
              labelColumn.value = column === null ? "" : (names[column] ?? "");
            }}
          />
        </>
      ) : (
        <p class="hint">Nothing is known of the points but their numbers.</p>
      )}
      <NumberSlider
        label="Size"
        value={pointSize.value}
        min={0.25}
        max={4}
        step={0.05}
        testId="proj-size"
        onChange={(value) => {
          pointSize.value = value;
        }}
      />
      <Legend now={coloring.value} />
    </Section>
  );
}

/** Numbers are shown by a gradient, or each as a class. */
function ClassesChoice(): JSX.Element | null {
  const column = colorIndex.value;
  if (column === null || !table.value?.numeric[column]) return null;
  const isClasses = coloring.value.kind === "classes";
  return (
    <label class="toggle">
      <input
        type="checkbox"
        class="checkbox"
        checked={isClasses}
        data-testid="proj-classes"
        onChange={() => {
          colorAs.value = isClasses ? "gradient" : "classes";
        }}
      />
      Each number is a class
    </label>
  );
}

function Legend({ now }: { now: Coloring }): JSX.Element | null {
  if (now.kind === "none") return null;
  if (now.kind === "gradient") return <GradientLegend {...now} />;
  return <ClassLegend classes={now.classes} classOf={now.classOf} />;
}

function GradientLegend({ low, high, without }: { low: number; high: number; without: number }): JSX.Element {
  const stops = Array.from({ length: 11 }, (_, i) => rampColor(i / 10, appearance.value)).join(", ");
  return (
    <div class="proj-gradient" data-testid="proj-gradient" data-low={low} data-high={high}>
      <div class="proj-ramp" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <div class="proj-ends">
        <span>{formatValue(low)}</span>
        <span>{formatValue(high)}</span>
      </div>
      {without ? <p class="hint">{formatCount(without)} without a number</p> : null}
    </div>
  );
}

const FEW = 12;
const ROW = 24;
const MOST_ROWS = 12;

/** Click a class to select its points; with Shift, to add them. */
function ClassLegend({ classes, classOf }: { classes: readonly ClassEntry[]; classOf: Int32Array }): JSX.Element {
  const all = useSignal(false);
  const choose = (at: number, add: boolean): void => {
    const indices: number[] = [];
    classOf.forEach((of, index) => {
      if (of === at && fromBase(index) >= 0) indices.push(index);
    });
    catchPoints(Int32Array.from(indices), "class", add);
  };
  const row = (at: number): JSX.Element | null => {
    const entry = classes[at];
    return entry ? <ClassRow key={at} entry={entry} choose={(add) => choose(at, add)} /> : null;
  };
  return (
    <div class="proj-legend" data-testid="proj-legend" data-count={classes.length}>
      {all.value ? (
        <div class="proj-legend-all" style={{ height: `${Math.min(classes.length, MOST_ROWS) * ROW}px` }}>
          <VirtualRows rowHeight={ROW} count={classes.length} render={row} />
        </div>
      ) : (
        classes.slice(0, FEW).map((_, at) => row(at))
      )}
      {classes.length > FEW ? (
        <button
          type="button"
          class="link-button"
          aria-expanded={all.value}
          data-testid="proj-legend-more"
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {all.value ? "Fewer" : `All ${formatCount(classes.length)} classes`}
        </button>
      ) : null}
    </div>
  );
}

function ClassRow({ entry, choose }: { entry: ClassEntry; choose(add: boolean): void }): JSX.Element {
  return (
    <button
      type="button"
      class="proj-class"
      title={`Select the points of ${entry.value || "no value"}; with Shift, add them`}
      data-testid="proj-class"
      data-value={entry.value}
      data-color={entry.color}
      onClick={(event) => choose(event.shiftKey)}
    >
      <span class="swatch" style={{ background: entry.color }} />
      <span class="proj-ellipsis">{entry.value || "–"}</span>
      <span class="count">{formatCount(entry.count)}</span>
    </button>
  );
}
