/** Where the points stand: by principal components, t-SNE, UMAP, or along axes of one's own. */

import { computed, signal } from "@preact/signals";
import { customAxes } from "../../projector/axes";
import { pca } from "../../projector/pca";
import type { AxisEnd, Matched, Pca, Points } from "../../projector/types";
import { labelIndex, table } from "./columns";
import { fitted, spreadOut } from "./fit";
import { layouts } from "./layouts";
import { data, prepared } from "./points";
import type { Dims } from "./scene/camera";
import { components, ENDS, type End, ends, endsAreRegex, endsColumn, isFlat, MOST_COMPONENTS, view } from "./settings";
import { base, first } from "./source";

export interface Analysis {
  of: Points;
  pca: Pca;
}

/** Principal components of the points at hand; null while they are being found. */
export const analysis = signal<Analysis | null>(null);
export const analysisError = signal<string | null>(null);

/** Find the principal components whenever there are other points. */
export function followAnalysis(): void {
  const points = prepared.value;
  analysisError.value = null;
  if (!points || points.count < 1) {
    analysis.value = null;
    return;
  }
  pca(points, MOST_COMPONENTS).then(
    (found) => {
      if (prepared.peek() === points) analysis.value = { of: points, pca: found };
    },
    (error: unknown) => {
      if (prepared.peek() !== points) return;
      analysis.value = null;
      analysisError.value = error instanceof Error ? error.message : String(error);
    },
  );
}

/** That they are of a sample, if they are. */
export const analysisNote = computed<string | null>(() => analysis.value?.pca.note ?? null);

/** Share of the variance of each component, also before the points are here. */
export const shares = computed<readonly number[]>(
  () => analysis.value?.pca.shares ?? first.value?.picture.shares ?? [],
);

export interface OwnAxes {
  of: Points;
  coords: Float32Array;
  matched: Matched;
}

export const ownAxes = signal<OwnAxes | null>(null);
export const ownAxesError = signal<string | null>(null);

/** The column that the ends of own axes are looked for in. */
export const endsIndex = computed<number | null>(() => {
  const rows = table.value;
  const column = rows?.names.indexOf(endsColumn.value) ?? -1;
  return column >= 0 ? column : labelIndex.value;
});

let axesAsked = 0;

export function followOwnAxes(): void {
  const now = ++axesAsked;
  const points = prepared.value;
  const column = endsIndex.value;
  const rows = data.value?.table ?? null;
  const from = data.value?.from ?? null;
  const texts = ENDS.map((end) => ends[end].value);
  const isRegex = endsAreRegex.value;
  if (view.value !== "custom" || !points || !rows || column === null) {
    ownAxes.value = null;
    ownAxesError.value = null;
    return;
  }
  const own = from
    ? { ...rows, columns: rows.columns.map((values) => Array.from(from, (i) => values[i] ?? "")) }
    : rows;
  const end = (name: End): AxisEnd => ({ text: texts[ENDS.indexOf(name)] ?? "", isRegex, column });
  const asked = { left: end("left"), right: end("right"), up: end("up"), down: end("down") };
  void customAxes(points, own, asked)
    .then((found) => {
      if (now !== axesAsked) return;
      if ("error" in found) {
        ownAxesError.value = found.error;
        return;
      }
      ownAxesError.value = null;
      ownAxes.value = { of: points, ...found };
    })
    .catch((error: unknown) => {
      if (now === axesAsked) ownAxesError.value = error instanceof Error ? error.message : String(error);
    });
}

export interface Arrangement {
  places: Float32Array;
  dims: Dims;
  /** Names of the axes; empty where they mean nothing. */
  axes: readonly [string, string, string];
  /** Another one: other points, or another way to arrange them. */
  key: string;
  /** Whether points are on their way anyway. */
  isMoving: boolean;
  /** The coordinates as they were made, `width` numbers a row, of which `columns` are shown. */
  raw: { coords: Float32Array; width: number; columns: readonly number[] };
}

const NO_AXES = ["", "", ""] as const;

/** Null until something can be drawn. */
export const arrangement = computed<Arrangement | null>(() => {
  const points = prepared.value;
  const early = first.value?.picture;
  if (!points) {
    if (!early || base.value) return null;
    const dims = isFlat.value ? 2 : 3;
    return {
      ...{ places: fitted(early.coords, 3, [0, 1, 2], dims), dims, axes: componentNames([0, 1, 2], dims) },
      ...{ key: "first", isMoving: false, raw: { coords: early.coords, width: 3, columns: [0, 1, 2] } },
    };
  }
  const kind = view.value;
  if (kind === "custom" && ownAxes.value?.of === points) {
    const { coords } = ownAxes.value;
    const texts = [ends.right.value || ends.left.value, ends.up.value || ends.down.value, ""] as const;
    const raw = { coords, width: 2, columns: [0, 1] };
    return { places: fitted(coords, 2, [0, 1], 2), dims: 2, axes: texts, key: "custom", isMoving: false, raw };
  }
  if (kind === "tsne" || kind === "umap") {
    const layout = layouts[kind].value;
    if (layout?.of === points && layout.coords) {
      const { coords, dims, rows, phase } = layout;
      const places = spreadOut(fitted(coords, dims, [0, 1, 2], dims), 3, rows, points.count);
      const raw = { coords: spreadOut(coords, dims, rows, points.count), width: dims, columns: [0, 1, 2] };
      return { places, dims, axes: NO_AXES, key: `${kind} ${dims}`, isMoving: phase === "running", raw };
    }
  }
  return byComponents(points);
});

function byComponents(points: Points): Arrangement | null {
  const dims: Dims = isFlat.value ? 2 : 3;
  const found = analysis.value;
  if (found && found.of.count === points.count) {
    const { pca: result } = found;
    const chosen = components.value;
    const places = fitted(result.coords, result.components, chosen, dims);
    const raw = { coords: result.coords, width: result.components, columns: chosen };
    return { places, dims, axes: componentNames(chosen, dims), key: `pca ${dims}`, isMoving: false, raw };
  }
  const early = first.value;
  if (early && early.key === base.value?.key && early.picture.count === points.count) {
    const places = fitted(early.picture.coords, 3, [0, 1, 2], dims);
    const raw = { coords: early.picture.coords, width: 3, columns: [0, 1, 2] };
    return { places, dims, axes: componentNames([0, 1, 2], dims), key: "first", isMoving: false, raw };
  }
  return null;
}

function componentNames(chosen: readonly number[], dims: Dims): readonly [string, string, string] {
  const name = (component: number): string => {
    const share = shares.value[component];
    return `PC ${component + 1}${share === undefined ? "" : ` · ${percent(share)}`}`;
  };
  return [name(chosen[0] ?? 0), name(chosen[1] ?? 1), dims === 3 ? name(chosen[2] ?? 2) : ""];
}

/** A share of the variance as it is written. */
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
