/** Ties one chart to the page: what it shows, when it asks for data, when it draws. */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { isPassing } from "../../api/client";
import { chartAxis, xAxisName, xTag } from "../../state/axis";
import { connection, revision } from "../../state/log";
import { appearance } from "../../state/theme";
import { Latest } from "../../ui/latest";
import { useSize } from "../../ui/use";
import { axisOf, type ResolvedAxis } from "./axis_rules";
import type { Line } from "./chart/line";
import type { Zoom } from "./chart/plot";
import { ChartLines, type Gathering, gathering } from "./chart_lines";
import { type ChartSpec, sameSpec } from "./chart_spec";
import { ChartView, type Note } from "./chart_view";
import type { View } from "./curve_cache";
import { followSlide } from "./linked_views";
import { ignoreOutliers, showSuperseded } from "./settings";
import { smoothing } from "./smoothing";
import { askedFor } from "./view_range";
import { setZoom, zoomOf } from "./zooms";

export interface Chart {
  /** What is drawn; null until the first answer. */
  lines: ReadonlySignal<readonly Line[] | null>;
  /** Points on the canvas; undefined until something is drawn. */
  points: ReadonlySignal<number | undefined>;
  zoom: ReadonlySignal<Zoom | null>;
  /** What is not to be seen, and why; null if all is. */
  note: ReadonlySignal<Note | null>;
  /** What is on the screen, for keys and pictures. */
  view: ChartView;
  reset(): void;
  highlight(key: string | null): void;
}

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
  const zoom = useComputed(() => zoomOf(id));
  const across = useComputed(() => axisOf(xAxisName.value, id));
  const up = useComputed(() => axisOf("y", id));
  const note = useSignal<Note | null>(null);
  const drawnAxis = useSignal(chartAxis.peek());

  const { source, view, latest, compose } = useMemo(() => {
    const source = new ChartLines();
    const view = new ChartView(id, spec.title, {
      onZoom: (next) => setZoom(id, next),
      onReset: () => setZoom(id, null),
      onSlide: (ranges) => followSlide(id, ranges),
    });
    const compose = (): void => {
      lines.value = source.compose(shown.peek(), drawnAxis.peek(), gathering.peek());
    };
    const latest = new Latest<{ view: View; gathered: Gathering | null }>(async (wanted) => {
      try {
        if (!(await source.load(wanted.view, shown.peek(), wanted.gathered))) return;
        drawnAxis.value = wanted.view.axis;
        compose();
      } catch (error) {
        if (source.isEmpty)
          note.value = { text: error instanceof Error ? error.message : String(error), words: "", isAll: true };
        if (isPassing(error)) latest.retry(wanted);
      }
    });
    return { source, view, latest, compose };
  }, [id]);

  // Apart from what follows: new lines are drawn, and a zoom alone makes none.
  useSignalEffect(() => {
    shown.value;
    gathering.value;
    if (lines.peek() !== null) compose();
  });

  useSignalEffect(() => {
    shown.value;
    connection.value;
    const gathered = gathering.value;
    const runs = shown.peek().cards.reduce((sum, card) => sum + card.runs.length, 0);
    const wanted = wantedView(size.value.width, zoom.value, across.value, runs, revision.value);
    if (near.value && size.value.width > 0) latest.ask({ view: wanted, gathered });
  });

  useSignalEffect(() => {
    appearance.value;
    const element = host.current;
    if (!near.value) return view.close();
    if (!element || lines.value === null || size.value.width === 0) return;
    const axis = drawnAxis.value;
    const scene = {
      lines: lines.value,
      axis,
      xKind: axis === "wall" ? "linear" : across.value.kind,
      yKind: up.value.kind,
      bounds: { x: across.value.bounds, y: up.value.bounds },
      ignoreOutliers: ignoreOutliers.value,
      zoom: zoom.value,
    } as const;
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

  return { lines, points, zoom, note, view, reset: () => setZoom(id, null), highlight: (key) => view.highlight(key) };
}

function wantedView(width: number, zoom: Zoom | null, across: ResolvedAxis, runs: number, atRevision: number): View {
  const kind = chartAxis.value === "wall" ? "linear" : across.kind;
  return {
    axis: chartAxis.value,
    xTag: xTag.value,
    xScale: kind,
    ...askedFor(zoom, across.bounds, kind, width, runs),
    smoothing: smoothing.value.amount,
    kind: smoothing.value.kind,
    superseded: showSuperseded.value,
    revision: atRevision,
  };
}
