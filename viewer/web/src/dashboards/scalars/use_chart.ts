/** Ties one chart to the page: what it shows, when it asks for data, when it draws. */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { isPassing } from "../../api/client";
import { dashOf } from "../../draw/colors";
import { xAxis } from "../../state/axis";
import { connection, revision } from "../../state/log";
import type { TagCard } from "../../state/tags";
import { appearance } from "../../state/theme";
import { Latest } from "../../ui/latest";
import { useSize } from "../../ui/use";
import { type Line, makeLine } from "./chart/line";
import type { Zoom } from "./chart/plot";
import { ChartView } from "./chart_view";
import { CurveCache, type View } from "./curve_cache";
import { logY, smoothing } from "./settings";
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
  highlight(run: string | null): void;
}

/** Widths are rounded up to this, so that dragging an edge does not ask again at every pixel. */
const WIDTH_STEP = 64;

export function useChart(host: RefObject<HTMLDivElement | null>, card: TagCard, near: ReadonlySignal<boolean>): Chart {
  const { tag } = card;
  const shown = useSignal(card.runs);
  shown.value = card.runs;
  const size = useSize(host);
  const lines = useSignal<readonly Line[] | null>(null);
  const points = useSignal<number | undefined>(undefined);
  const zoom = useComputed(() => zooms.value.get(tag) ?? null);
  const note = useSignal<string | null>(null);
  const drawnAxis = useSignal(xAxis.peek());

  const { cache, view, latest, compose } = useMemo(() => {
    const cache = new CurveCache(tag);
    const view = new ChartView(tag, { onZoom: (next) => setZoom(tag, next), onReset: () => setZoom(tag, null) });
    const compose = (): void => {
      lines.value = shown.peek().flatMap((run) => {
        const curve = cache.get(run.name);
        return curve ? makeLine(curve, drawnAxis.peek(), run.color, dashOf(run.lap)) : [];
      });
    };
    const latest = new Latest<View>(async (wanted) => {
      const runs = shown.peek().map((run) => run.name);
      try {
        if (!(await cache.load(wanted, runs, card.runsWithTag))) return;
        drawnAxis.value = wanted.axis;
        compose();
      } catch (error) {
        if (cache.isEmpty) note.value = error instanceof Error ? error.message : String(error);
        if (isPassing(error)) latest.retry(wanted);
      }
    });
    return { cache, view, latest, compose };
  }, [tag]);

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
      cache.close();
      view.close();
    },
    [],
  );

  return { lines, points, zoom, note, reset: () => setZoom(tag, null), highlight: (run) => view.highlight(run) };
}

function wantedView(width: number, zoom: Zoom | null, atRevision: number): View {
  return {
    axis: xAxis.value,
    from: zoom?.x[0],
    to: zoom?.x[1],
    width: Math.max(WIDTH_STEP, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP),
    smoothing: smoothing.value,
    revision: atRevision,
  };
}
