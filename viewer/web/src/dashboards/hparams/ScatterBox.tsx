import { useComputed, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { SvgBuilder } from "../../draw/save";
import { selection } from "../../state/runs";
import { appearance } from "../../state/theme";
import { withFilter } from "../../table/filters";
import { useNearScreen, useSize } from "../../ui/use";
import { filterOf, spanOf } from "./brush";
import { drawingColors } from "./colors";
import { drawings } from "./describe";
import { type Picture, pictures } from "./pictures";
import { pick, pointAt } from "./pointing";
import { type Layout, layOut, type Side, shapeOf } from "./scatter/layout";
import { writeSvg } from "./scatter/paint";
import { ScatterView } from "./scatter/view";
import { filters } from "./settings";
import {
  acrossFields,
  allRows,
  cellOfRow,
  colorOf,
  downFields,
  isTicked,
  passing,
  pinned,
  pointed,
  scaleOf,
} from "./state";
import { nameOf } from "./words";

/** Each chosen column against each other one: a point for each row. */
export function ScatterBox(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const points = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const view = useRef<ScatterView>(undefined);
  const size = useSize(host);
  const near = useNearScreen(host);
  const shape = useComputed(() => shapeOf(acrossFields.value.length, downFields.value.length, size.value.width));
  const layout = useComputed(() => {
    const [rows, passed, chosen, color] = [allRows.value, passing.value, selection.value, colorOf.value];
    const sides = new Map<string, Side>();
    for (const field of [...acrossFields.value, ...downFields.value]) {
      const scale = scaleOf(field);
      sides.set(field.id, {
        id: field.id,
        title: nameOf(field),
        scale,
        span: spanOf(scale, filters.value.get(field.id)),
        cells: rows.map((row) => cellOfRow(field, row)),
      });
    }
    const [across, down] = [acrossFields, downFields].map((fields) =>
      fields.value.flatMap(({ id }) => sides.get(id) ?? []),
    );
    const marks = rows.map((row) => ({
      key: row.key,
      color: color(row),
      on: passed.has(row) && isTicked(chosen, row),
    }));
    return layOut(across ?? [], down ?? [], marks, size.value.width);
  });
  useEffect(() => {
    if (!points.current || !above.current) return;
    const made = new ScatterView(points.current, above.current, {
      onPoint: pointAt,
      onPick: pick,
      onBrush: ({ across, down }, spans) => {
        const one = withFilter(filters.peek(), across.id, spans && filterOf(across.scale, spans.across));
        filters.value = withFilter(one, down.id, spans && filterOf(down.scale, spans.down));
      },
    });
    view.current = made;
    drawings.scatter = () => describe(made);
    pictures.scatter = () => picture(layout.peek());
    return () => {
      made.close();
      pointAt(null, 0, 0);
      drawings.scatter = null;
      pictures.scatter = null;
    };
  }, []);
  useSignalEffect(() => {
    appearance.value;
    // Out of sight nothing is laid out: brushing elsewhere need not wait for it.
    if (near.value && size.value.width > 0) view.current?.show(layout.value, drawingColors());
  });
  useSignalEffect(() => {
    view.current?.mark([pinned.value, pointed.value].filter((key) => key !== null));
  });
  const { width, height } = shape.value;
  const count = acrossFields.value.length * downFields.value.length;
  const box = { width: `${width}px`, height: `${height}px` };
  return (
    <div class="card hp-scatter" ref={host}>
      <div class="hp-canvas" style={count ? box : { height: "80px" }}>
        <canvas ref={points} style={box} />
        <canvas
          ref={above}
          role="img"
          aria-label={`${count} plots of ${allRows.value.length} rows`}
          data-testid="hp-scatter"
          style={box}
        />
        {count ? null : <p class="hp-note">Choose a column for each side.</p>}
      </div>
    </div>
  );
}

function describe(view: ScatterView): ReturnType<NonNullable<typeof drawings.scatter>> {
  const { layout } = view;
  const box = document.querySelector("[data-testid=hp-scatter]")?.getBoundingClientRect();
  if (!layout || !box) return { plots: [] };
  return {
    plots: layout.plots.map(({ across, down, left, top, width, height, x, y, rho }) => ({
      across: across.id,
      down: down.id,
      left: box.left + left,
      top: box.top + top,
      width,
      height,
      rho: Number.isNaN(rho) ? null : rho,
      points: layout.marks.flatMap((mark, at) =>
        mark.on && !Number.isNaN(x[at])
          ? [{ row: mark.key, x: box.left + (x[at] as number), y: box.top + (y[at] as number) }]
          : [],
      ),
    })),
  };
}

function picture(layout: Layout): Picture {
  const colors = drawingColors();
  const svg = new SvgBuilder(layout.width, layout.height, colors.surface);
  writeSvg(svg, layout, colors);
  return { svg: svg.toString(), width: layout.width, height: layout.height };
}
