/** Ties one chart to the page: what it shows, when it asks for data, when it draws. */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { isPassing } from "../../api/client";
import { chartAxis, xTag } from "../../state/axis";
import { connection, revision } from "../../state/log";
import { appearance } from "../../state/theme";
import { Latest } from "../../ui/latest";
import { useSize } from "../../ui/use";
import type { Line } from "./chart/line";
import type { Zoom } from "./chart/plot";
import type { ChartSpec } from "./chart_spec";
import { ChartView } from "./chart_view";
import type { View } from "./curve_cache";
import { RunLines } from "./run_lines";
import { logY } from "./settings";
import { smoothing } from "./smoothing";
import { setZoom, zooms } from "./zooms";

export interface Chart {
  /** What is drawn; null until the first answer. */
  lines: ReadonlySignal<readonly Line[] | null>;
  /** Points on the canvas; undefined until something is drawn. */
  points: ReadonlySignal<number | undefined>;
  zoom: ReadonlySignal<Zoom | null>;
  /** Why there is nothing to be seen; null if there is something. */
  note: ReadonlySignal<string | null>;
  reset(): void;
  highlight(key: string | null): void;
}

/** Widths are rounded up to this, so that dragging an edge does not ask again at every pixel. */
const WIDTH_STEP = 64;

export function useChart(
  host: RefObject<HTMLDivElement | null>,
  spec: ChartSpec,
  near: ReadonlySignal<boolean>,
): Chart {
  const { id } = spec;
  const shown = useSignal(spec);
  if (!sameSpec(shown.peek(), spec)) shown.value = spec;
  const size = useSize(host);
  const lines = useSignal<readonly Line[] | null>(null);
  const points = useSignal<number | undefined>(undefined);
  const zoom = useComputed(() => zooms.value.get(id) ?? null);
  const note = useSignal<string | null>(null);
  const drawnAxis = useSignal(chartAxis.peek());

  const { source, view, latest, compose } = useMemo(() => {
    const source = new RunLines();
    const view = new ChartView(id, { onZoom: (next) => setZoom(id, next), onReset: () => setZoom(id, null) });
    const compose = (): void => {
      lines.value = source.compose(shown.peek(), drawnAxis.peek());
    };
    const latest = new Latest<View>(async (wanted) => {
      try {
        if (!(await source.load(wanted, shown.peek()))) return;
        drawnAxis.value = wanted.axis;
        compose();
      } catch (error) {
        if (source.isEmpty) note.value = error instanceof Error ? error.message : String(error);
        if (isPassing(error)) latest.retry(wanted);
      }
    });
    return { source, view, latest, compose };
  }, [id]);

  useSignalEffect(() => {
    shown.value;
    connection.value;
    if (lines.peek() !== null) compose();
    const wanted = wantedView(size.value.width, zoom.value, revision.value);
    if (near.value && size.value.width > 0) latest.ask(wanted);
  });

  useSignalEffect(() => {
    appearance.value;
    const element = host.current;
    if (!near.value) return view.close();
    if (!element || lines.value === null || size.value.width === 0) return;
    const scene = { lines: lines.value, axis: drawnAxis.value, log: logY.value, zoom: zoom.value };
    points.value = view.show(element, scene, size.value);
    note.value = view.note;
  });

  useEffect(
    () => () => {
      latest.stop();
      source.close();
      view.close();
    },
    [],
  );

  return { lines, points, zoom, note, reset: () => setZoom(id, null), highlight: (key) => view.highlight(key) };
}

/** The frame makes a new object at every drawing; what it holds changes only with the runs and the tags. */
const sameSpec = (a: ChartSpec, b: ChartSpec): boolean =>
  a.cards.length === b.cards.length && a.cards.every((card, at) => card === b.cards[at]);

function wantedView(width: number, zoom: Zoom | null, atRevision: number): View {
  return {
    axis: chartAxis.value,
    xTag: xTag.value,
    from: zoom?.x[0],
    to: zoom?.x[1],
    width: Math.max(WIDTH_STEP, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP),
    smoothing: smoothing.value.amount,
    kind: smoothing.value.kind,
    revision: atRevision,
  };
}
