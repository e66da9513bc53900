/** `window.cellboard`: what is drawn, as numbers. Read by tests; handy in the browser's console. It changes nothing. */

import { describeDistribution } from "./dashboards/distributions/drawn";
import { drawnGraph } from "./dashboards/graphs/drawn";
import { describeHistogram } from "./dashboards/histograms/drawn";
import { drawnSessions } from "./dashboards/hparams/drawn";
import { describeMesh, drawnStage } from "./dashboards/meshes/drawn";
import { describePrChart } from "./dashboards/pr_curves/drawn";
import { drawnProjector } from "./dashboards/projector/drawn";
import { describeChart, drawnCharts } from "./dashboards/scalars/drawn";
import { drawnTable } from "./dashboards/table/drawn";
import { revision, status } from "./state/log";

const drawn = {
  /** The scalar chart of a tag, or null. */
  chart: describeChart,
  /** The histograms of a run and tag, or null. */
  histogram: describeHistogram,
  /** The distribution of a run and tag, or null. */
  distribution: describeDistribution,
  /** The precision-recall curves of a tag, or null. */
  prChart: describePrChart,
  /** A mesh of a run and tag, by its number in the step, or null. */
  mesh: describeMesh,
  /** What draws meshes: how it is, and how to take it away. */
  meshStage: drawnStage,
  /** The page of training sessions, or null. */
  hparams: () => drawnSessions.describe?.() ?? null,
  /** The projector, or null. */
  projector: () => drawnProjector.describe?.() ?? null,
  /** Where the projector shows the point of a row, or null. */
  projectorPoint: (row: number) => drawnProjector.point?.(row) ?? null,
  /** The table of runs and metrics, or null. */
  table: () => drawnTable.describe?.() ?? null,
  /** The page of graphs, or null. */
  graphs: (most?: number) => drawnGraph.describe?.(most) ?? null,
  /** Tags of the scalar charts on the screen. */
  get charts(): string[] {
    return [...drawnCharts.keys()];
  },
  get revision(): number {
    return revision.peek();
  },
  get state(): string | undefined {
    return status.peek()?.state;
  },
};

declare global {
  interface Window {
    cellboard: typeof drawn;
  }
}

export function publishForTests(): void {
  window.cellboard = drawn;
}
