/** Keys of a chart that has the focus. */

import type { TargetedKeyboardEvent } from "preact";
import type { ChartView } from "./chart_view";

const ZOOM = 1.5;
const PAN = 0.2;
const LEAP = 10;

/** Arrows go along the points of a line and from line to line; with Shift they pan; + and - zoom, 0 shows everything. */
export function chartKey(event: TargetedKeyboardEvent<HTMLElement>, view: ChartView, reset: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = actionOf(event.key, event.shiftKey, view, reset);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function actionOf(key: string, shift: boolean, view: ChartView, reset: () => void): (() => void) | undefined {
  if (shift) {
    if (key === "ArrowLeft") return () => view.nudge(-PAN, 0);
    if (key === "ArrowRight") return () => view.nudge(PAN, 0);
    if (key === "ArrowUp") return () => view.nudge(0, PAN);
    if (key === "ArrowDown") return () => view.nudge(0, -PAN);
  }
  const actions: Record<string, () => void> = {
    ArrowLeft: () => view.step(-1),
    ArrowRight: () => view.step(1),
    PageUp: () => view.step(-LEAP),
    PageDown: () => view.step(LEAP),
    ArrowUp: () => view.stepLine(-1),
    ArrowDown: () => view.stepLine(1),
    "+": () => view.magnify(1 / ZOOM),
    "=": () => view.magnify(1 / ZOOM),
    "-": () => view.magnify(ZOOM),
    "0": reset,
    p: () => view.pin(),
    Enter: () => view.pin(),
  };
  return actions[key];
}
