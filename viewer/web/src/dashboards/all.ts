/** The dashboards, in the order of their tabs. What is opened first is part of the page; the others load when opened. */

import { audio } from "./audio/dashboard";
import { customScalars } from "./custom_scalars/dashboard";
import type { Dashboard } from "./dashboard";
import { distributions } from "./distributions/dashboard";
import { graphs } from "./graphs/dashboard";
import { histograms } from "./histograms/dashboard";
import { hparams } from "./hparams/dashboard";
import { images } from "./images/dashboard";
import { meshes } from "./meshes/dashboard";
import { prCurves } from "./pr_curves/dashboard";
import { projector } from "./projector/dashboard";
import { scalars } from "./scalars/dashboard";
import { table } from "./table/dashboard";
import { texts } from "./texts/dashboard";
import { timeseries } from "./timeseries/dashboard";

export const DASHBOARDS: readonly Dashboard[] = [
  ...[timeseries, scalars, customScalars, images, audio],
  ...[histograms, distributions, prCurves],
  ...[texts, graphs, projector, meshes, hparams, table],
];
