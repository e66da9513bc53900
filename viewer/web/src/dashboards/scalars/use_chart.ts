/** Ties one chart to the page: what it shows, when it asks for data, when it draws. */

import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { dashOf } from "../../draw/colors";
import { xAxis } from "../../state/axis";
import { revision } from "../../state/log";
import type { TagCard } from "../../state/tags";
import { appearance } from "../../state/theme";
import { useLatest, useSize } from "../../ui/use";
import { type Line, makeLine } from "./chart/line";
import type { Zoom } from "./chart/plot";
import { ChartView } from "./chart_view";
import { CurveCache, isAbort, type View } from "./curve_cache";
import { logY, smoothing } from "./settings";

export interface Chart {
  /** What is drawn; null until the first answer. */
  lines: ReadonlySignal<readonly Line[] | null>;
  /** Points on the canvas; undefined until something is drawn. */
  points: ReadonlySignal<number | undefined>;
  zoom: Signal<Zoom | null>;
  note: ReadonlySignal<string | null>;
  reset(): void;
  highlight(run: string | null): void;
}

/** Widths are rounded up to this, so that dragging an edge does not ask again at every pixel. */
const WIDTH_STEP = 64;
const LEAST_WIDTH = 64;

export function useChart(host: RefObject<HTMLDivElement | null>, card: TagCard, near: ReadonlySignal<boolean>): Chart {
  const cache = useMemo(() => new CurveCache(card.tag), [card.tag]);
  const shown = useSignal(card.runs);
  shown.value = card.runs;
  const size = useSize(host);
  const lines = useSignal<readonly Line[] | null>(null);
  const points = useSignal<number | undefined>(undefined);
  const zoom = useSignal<Zoom | null>(null);
  const note = useSignal<string | null>(null);
  const drawnAxis = useSignal(xAxis.peek());
  const latest = useLatest(card.tag);
  const view = useMemo(
    () => new ChartView(card.tag, { onZoom: (next) => (zoom.value = next), onReset: () => (zoom.value = null) }),
    [card.tag],
  );

  // A range of steps means nothing on an axis of seconds.
  useSignalEffect(() => {
    if (xAxis.value !== drawnAxis.peek()) zoom.value = null;
  });

  const compose = (): void => {
    lines.value = shown.peek().flatMap((run) => {
      const curve = cache.get(run.name);
      return curve ? makeLine(curve, drawnAxis.peek(), run.color, dashOf(run.lap)) : [];
    });
  };

  useSignalEffect(() => {
    const runs = shown.value;
    if (lines.peek() !== null) compose();
    if (!near.value || size.value.width === 0) return;
    const wanted = wantedView(size.value.width, zoom.value, revision.value);
    cache
      .load(
        wanted,
        runs.map((run) => run.name),
        runs.length,
      )
      .then(
        (changed) => {
          if (!changed) return;
          drawnAxis.value = wanted.axis;
          note.value = null;
          compose();
        },
        (error: unknown) => {
          if (!isAbort(error) && cache.isEmpty) note.value = `${latest.current} cannot be read: ${String(error)}`;
        },
      );
  });

  useSignalEffect(() => {
    const element = host.current;
    appearance.value;
    if (!element || !near.value || lines.value === null || size.value.width === 0) {
      if (!near.value) view.close();
      return;
    }
    const scene = { lines: lines.value, axis: drawnAxis.value, log: logY.value, zoom: zoom.value };
    points.value = view.show(element, scene, size.value);
    note.value = view.note;
  });

  useEffect(
    () => () => {
      cache.cancel();
      view.close();
    },
    [],
  );

  return { lines, points, zoom, note, reset: () => (zoom.value = null), highlight: (run) => view.highlight(run) };
}

function wantedView(width: number, zoom: Zoom | null, atRevision: number): View {
  return {
    axis: xAxis.value,
    from: zoom?.x[0],
    to: zoom?.x[1],
    width: Math.max(LEAST_WIDTH, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP),
    smoothing: smoothing.value,
    revision: atRevision,
  };
}
