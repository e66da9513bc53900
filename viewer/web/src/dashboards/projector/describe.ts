/** Tells what the page shows, for `window.cellboard`. */

import { appearance } from "../../state/theme";
import { arrangement, shares } from "./arrangement";
import { bookmarks } from "./bookmarks";
import { colorAt } from "./coloring";
import { colorIndex, coloring, labelIndex, labelOf, table } from "./columns";
import type { DescribedPoint, DescribedProjector } from "./drawn";
import { layouts } from "./layouts";
import { marked, near, picked } from "./marking";
import { data, fromBase, indexOfRow, isolated, rowOf } from "./points";
import { hits } from "./search";
import { view } from "./settings";
import { base, chosen, first, opened } from "./source";
import { pointed, sceneState, stage } from "./stage";

const rowsOf = (indices: Int32Array | null | undefined): number[] => Array.from(indices ?? [], rowOf);

export function describeProjector(): DescribedProjector {
  const info = opened.peek() ? null : chosen.peek();
  const points = data.peek()?.points ?? first.peek()?.picture;
  const colors = coloring.peek();
  const kind = view.peek();
  const layout = kind === "tsne" || kind === "umap" ? layouts[kind].peek() : null;
  const now = arrangement.peek();
  const column = colorIndex.peek();
  return {
    source: info ? { run: info.run, name: info.name, step: info.step } : null,
    title: base.peek()?.title ?? null,
    complete: base.peek() !== null,
    points: points?.count ?? 0,
    total: points?.total ?? 0,
    dims: points?.dims ?? 0,
    view: kind,
    drawn: now && { dims: now.dims, key: now.key },
    shares: shares.peek(),
    color: column === null ? null : (table.peek()?.names[column] ?? null),
    coloring: colors.kind,
    label: labelIndex.peek() === null ? null : (table.peek()?.names[labelIndex.peek() ?? 0] ?? null),
    classes: colors.kind === "classes" ? colors.classes.map((entry) => ({ ...entry })) : [],
    picked: picked.peek() < 0 ? -1 : rowOf(picked.peek()),
    marked: rowsOf(marked.peek()),
    isolated: isolated.peek() && rowsOf(isolated.peek()),
    pointed: pointed.peek() ? rowOf(pointed.peek()?.index ?? 0) : -1,
    near: rowsOf(near.peek()?.indices).map((row, i) => ({ row, distance: near.peek()?.distances[i] ?? 0 })),
    hits: hits.peek() && rowsOf(hits.peek()),
    layout: layout && {
      phase: layout.phase,
      iteration: layout.iteration,
      points: layout.rows?.length ?? layout.of.count,
      note: layout.note,
    },
    camera: stage.scene && { ...stage.scene.camera },
    frames: stage.scene?.drawn ?? 0,
    labels: stage.scene?.labels ?? 0,
    share: stage.scene?.share ?? 1,
    pictures: (stage.scene?.textures ?? 0) > 0,
    textures: stage.scene?.textures ?? 0,
    scene: sceneState.peek().state,
    bookmarks: bookmarks.peek().map(({ name }) => name),
  };
}

export function describePoint(row: number): DescribedPoint | null {
  const { scene } = stage;
  const index = indexOfRow(row);
  const at = index < 0 ? -1 : fromBase(index);
  const now = arrangement.peek();
  const host = scene?.canvas.getBoundingClientRect();
  if (!scene || !now || !host || at < 0) return null;
  const { x, y } = scene.spots();
  return {
    x: host.left + (x[at] ?? Number.NaN),
    y: host.top + (y[at] ?? Number.NaN),
    place: [...now.places.subarray(3 * at, 3 * at + 3)],
    color: colorAt(coloring.peek(), index, appearance.peek()),
    label: labelOf(index),
  };
}
