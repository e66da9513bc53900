import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { SvgBuilder } from "../../draw/save";
import { selection } from "../../state/runs";
import { appearance } from "../../state/theme";
import { withFilter } from "../../table/filters";
import { type Anchor, anchorOf, Hanging } from "../../ui/table/Hanging";
import { useSize } from "../../ui/use";
import { filterOf, spanOf } from "./brush";
import { drawingColors } from "./colors";
import { drawings } from "./describe";
import { FieldMenu, moveField } from "./FieldMenu";
import type { Field } from "./fields";
import { layOut, neededWidth } from "./parallel/layout";
import { writeSvg } from "./parallel/paint";
import { ParallelView } from "./parallel/view";
import { type Picture, pictures } from "./pictures";
import { pick, pointAt } from "./pointing";
import { ScaleChoice } from "./ScaleChoice";
import { filters } from "./settings";
import {
  allRows,
  axes,
  cellOfRow,
  colorOf,
  colorsOf,
  fields,
  isTicked,
  passing,
  pinned,
  pointed,
  scaleOf,
} from "./state";
import { nameOf } from "./words";

const HEIGHT = 320;

/** Parallel coordinates: an axis for each column, a line for each row that crosses them at its values. */
export function ParallelBox(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const lines = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const view = useRef<ParallelView>(undefined);
  const size = useSize(host);
  const layout = useComputed(() => {
    const shown = axes.value;
    const [passed, chosen, color] = [passing.value, selection.value, colorOf.value];
    const asked = shown.map((field) => {
      const scale = scaleOf(field);
      const span = spanOf(scale, filters.value.get(field.id));
      return { id: field.id, scale, span, colors: colorsOf(field) };
    });
    const drawn = allRows.value.map((row) => ({
      key: row.key,
      cells: shown.map((field) => cellOfRow(field, row)),
      color: color(row),
      on: passed.has(row) && isTicked(chosen, row),
    }));
    return layOut(asked, drawn, Math.max(size.value.width, neededWidth(shown.length)), HEIGHT);
  });
  useEffect(() => {
    if (!lines.current || !above.current) return;
    const made = new ParallelView(lines.current, above.current, {
      onPoint: pointAt,
      onPick: pick,
      onBrush: (id, span) => {
        const axis = layout.peek().axes.find((one) => one.id === id);
        if (axis) filters.value = withFilter(filters.peek(), id, span && filterOf(axis.scale, span));
      },
    });
    view.current = made;
    made.show(layout.peek(), drawingColors());
    drawings.parallel = () => describe(made);
    pictures.parallel = () => picture(made);
    return () => {
      made.close();
      pointAt(null, 0, 0);
      drawings.parallel = null;
      pictures.parallel = null;
    };
  }, []);
  useSignalEffect(() => {
    appearance.value;
    if (size.value.width > 0) view.current?.show(layout.value, drawingColors());
  });
  useSignalEffect(() => {
    view.current?.mark([pinned.value, pointed.value].filter((key) => key !== null));
  });
  const { width } = layout.value;
  return (
    <div class="card hp-parallel" ref={host}>
      <div class="hp-canvas" style={{ width: `${width}px`, height: `${HEIGHT}px` }}>
        <canvas ref={lines} style={{ width: `${width}px`, height: `${HEIGHT}px` }} />
        <canvas
          ref={above}
          role="img"
          aria-label={`${allRows.value.length} rows over ${axes.value.length} axes`}
          data-testid="hp-parallel"
          style={{ width: `${width}px`, height: `${HEIGHT}px` }}
        />
        {layout.value.axes.map((axis) => {
          const field = axes.value.find(({ id }) => id === axis.id);
          return field ? <AxisTitle key={axis.id} field={field} x={axis.x} view={view} /> : null;
        })}
      </div>
      {axes.value.length < 2 ? (
        <p class="hp-note">Choose two columns at least: lines go from one axis to the next.</p>
      ) : null}
    </div>
  );
}

const DRAG_PX = 5;

/** An axis' name: dragged, the axis moves; clicked, it tells what can be done with it. */
function AxisTitle({
  field,
  x,
  view,
}: {
  field: Field;
  x: number;
  view: { current: ParallelView | undefined };
}): JSX.Element {
  const anchor = useSignal<Anchor | null>(null);
  const by = useSignal(0);
  const press = useRef<{ x: number; moved: boolean } | null>(null);
  const wasMoved = useRef(false);
  const close = (): void => {
    anchor.value = null;
  };
  return (
    <>
      <button
        type="button"
        class={by.value ? "axis-title moving" : "axis-title"}
        style={{ left: `${x + by.value}px` }}
        title={`${field.over ? `${field.over}/` : ""}${field.title}: drag to move, click for its scale and filter`}
        aria-haspopup="dialog"
        data-testid="axis-title"
        data-axis={field.id}
        onPointerDown={(event) => {
          wasMoved.current = false;
          if (event.button !== 0) return;
          press.current = { x: event.clientX, moved: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const now = press.current;
          if (!now) return;
          now.moved ||= Math.abs(event.clientX - now.x) > DRAG_PX;
          if (now.moved) by.value = event.clientX - now.x;
        }}
        onPointerUp={(event) => {
          const now = press.current;
          press.current = null;
          by.value = 0;
          if (!now?.moved) return;
          wasMoved.current = true;
          moveField(field.id, view.current?.dropAt(field.id, event.clientX) ?? null);
        }}
        onPointerCancel={() => {
          press.current = null;
          by.value = 0;
        }}
        onClick={(event) => {
          if (!wasMoved.current) anchor.value = anchorOf(event.currentTarget);
          wasMoved.current = false;
        }}
      >
        <span class="axis-over">{field.over}</span>
        <span class="axis-name">{field.title}</span>
      </button>
      {anchor.value ? (
        <Hanging anchor={anchor.value} label={field.title} testId="axis-box" onClose={close}>
          <ScaleChoice field={field} />
          <FieldMenu field={field} close={close} />
        </Hanging>
      ) : null}
    </>
  );
}

function describe(view: ParallelView): ReturnType<NonNullable<typeof drawings.parallel>> {
  const { layout } = view;
  const box = document.querySelector("[data-testid=hp-parallel]")?.getBoundingClientRect();
  if (!layout || !box) return { axes: [], lines: [], faint: [] };
  return {
    axes: layout.axes.map(({ id, scale, x }) => ({
      id,
      kind: scale.kind,
      x: box.left + x,
      top: box.top + layout.top,
      bottom: box.top + layout.bottom,
    })),
    lines: layout.lines.filter(({ on }) => on).map(({ key }) => key),
    faint: layout.lines.filter(({ on }) => !on).map(({ key }) => key),
  };
}

function picture({ layout }: ParallelView): Picture | null {
  if (!layout) return null;
  const colors = drawingColors();
  const svg = new SvgBuilder(layout.width, layout.height, colors.surface);
  writeSvg(
    svg,
    layout,
    layout.axes.map(({ id }) => titleOf(id)),
    colors,
  );
  return { svg: svg.toString(), width: layout.width, height: layout.height };
}

function titleOf(id: string): string {
  const field = fields.peek().get(id);
  return field ? nameOf(field) : id;
}
