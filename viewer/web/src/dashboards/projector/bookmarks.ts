/**
 * Views that a person keeps: projection, camera, selection, colours.
 *
 * A file of them is a list of states as TensorBoard's projector writes and reads them, each with our own fields beside
 * theirs; from one that TensorBoard wrote, what both know is taken. Files are not trusted: every field is checked.
 */

import { batch, signal } from "@preact/signals";
import { loadBookmarks } from "../../projector/load";
import { labelIndex, table } from "./columns";
import { layouts, put } from "./layouts";
import { catchPoints, caught, clearMarks } from "./marking";
import { indexOfRow, isolated, prepared, rowOf } from "./points";
import type { CameraState, Vector } from "./scene/camera";
import {
  camera,
  colorAs,
  colorColumn,
  components,
  isFlat,
  labelColumn,
  MOST_COMPONENTS,
  pickedRow,
  sphereize,
  VIEWS,
  type View,
  view,
} from "./settings";
import { base, chosen, keyOf, opened } from "./source";
import { stage } from "./stage";

export interface LayoutKept {
  dims: 2 | 3;
  iteration: number;
  /** `dims` numbers for each point that was shown. */
  coords: number[];
}

export interface Bookmark {
  name: string;
  view: View;
  flat: boolean;
  components: readonly [number, number, number];
  sphere: boolean;
  camera: CameraState | null;
  /** Rows in the file; -1: none. */
  picked: number;
  caught: number[];
  isolated: number[] | null;
  color: string;
  colorAs: "auto" | "classes" | "gradient";
  label: string;
  layout: LayoutKept | null;
}

export const bookmarks = signal<readonly Bookmark[]>([]);
/** The one that was added or gone to last. */
export const current = signal(-1);

/** A layout of more points is made anew rather than kept. */
const MOST_KEPT = 20_000;
const MOST_BOOKMARKS = 200;
const LONGEST_NAME = 200;

export function add(name: string): void {
  const made: Bookmark = {
    name: name.trim().slice(0, LONGEST_NAME) || `View ${bookmarks.peek().length + 1}`,
    view: view.peek(),
    flat: isFlat.peek(),
    components: components.peek(),
    sphere: sphereize.peek(),
    camera: stage.scene?.isHome() ? null : (stage.scene?.camera ?? camera.peek()),
    picked: pickedRow.peek(),
    caught: [...(caught.peek()?.indices ?? [])].map(rowOf),
    isolated: isolated.peek() ? [...(isolated.peek() as Int32Array)].map(rowOf) : null,
    color: colorColumn.peek(),
    colorAs: colorAs.peek(),
    label: labelColumn.peek(),
    layout: layoutNow(),
  };
  bookmarks.value = [...bookmarks.peek(), made].slice(-MOST_BOOKMARKS);
  current.value = bookmarks.peek().length - 1;
}

function layoutNow(): LayoutKept | null {
  const kind = view.peek();
  if (kind !== "tsne" && kind !== "umap") return null;
  const now = layouts[kind].peek();
  if (!now?.coords || now.rows || now.of !== prepared.peek() || now.of.count > MOST_KEPT) return null;
  const coords = Array.from(now.coords, (value) => Number(value.toPrecision(5)));
  return { dims: now.dims, iteration: now.iteration, coords };
}

export function remove(at: number): void {
  bookmarks.value = bookmarks.peek().filter((_, i) => i !== at);
  current.value = -1;
}

export function goTo(at: number): void {
  const wanted = bookmarks.peek()[at];
  if (!wanted) return;
  const found = (rows: readonly number[]): Int32Array =>
    Int32Array.from(new Set(rows.map(indexOfRow).filter((index) => index >= 0)));
  batch(() => {
    view.value = wanted.view;
    isFlat.value = wanted.flat;
    components.value = wanted.components;
    sphereize.value = wanted.sphere;
    colorColumn.value = wanted.color;
    colorAs.value = wanted.colorAs;
    labelColumn.value = wanted.label;
    const alone = wanted.isolated ? found(wanted.isolated).sort() : null;
    if (!isSame(alone, isolated.peek())) isolated.value = alone && alone.length > 1 ? alone : null;
    clearMarks();
    if (wanted.caught.length) catchPoints(found(wanted.caught), "bookmark");
    else pickedRow.value = wanted.picked;
  });
  const points = prepared.peek();
  const { layout } = wanted;
  if (points && layout && (wanted.view === "tsne" || wanted.view === "umap")) {
    if (layout.coords.length === points.count * layout.dims) {
      put(wanted.view, points, layout.dims, Float32Array.from(layout.coords), layout.iteration);
    }
  }
  camera.value = wanted.camera;
  current.value = at;
}

function isSame(a: Int32Array | null, b: Int32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** As a file. */
export function written(): string {
  return JSON.stringify(bookmarks.peek().map(stateOf), null, 1);
}

/** As TensorBoard has it, with our own beside it. */
function stateOf(bookmark: Bookmark): object {
  const { layout } = bookmark;
  const kind = bookmark.view;
  const perPoint =
    layout && (kind === "tsne" || kind === "umap")
      ? Array.from({ length: layout.coords.length / layout.dims }, (_, i) =>
          Object.fromEntries(
            Array.from({ length: layout.dims }, (_, axis) => [
              `${kind}-${axis}`,
              layout.coords[i * layout.dims + axis],
            ]),
          ),
        )
      : [];
  // Their coordinates are per point; ours would say them a second time.
  const own = { ...bookmark, layout: layout ? { ...layout, coords: [] } : null };
  return {
    label: bookmark.name,
    isSelected: false,
    selectedProjection: kind,
    dataSetDimensions: [prepared.peek()?.count ?? 0, prepared.peek()?.dims ?? 0],
    tSNEIteration: kind === "tsne" ? (layout?.iteration ?? 0) : 0,
    tSNEis3d: !bookmark.flat,
    umapIs3d: !bookmark.flat,
    pcaComponentDimensions: bookmark.flat ? bookmark.components.slice(0, 2) : bookmark.components,
    projections: perPoint,
    selectedPoints: bookmark.picked >= 0 ? [bookmark.picked] : bookmark.caught,
    filteredPoints: bookmark.isolated,
    selectedColorOptionName: bookmark.color.startsWith("=") ? bookmark.color.slice(1) : undefined,
    forceCategoricalColoring: bookmark.colorAs === "classes",
    selectedLabelOption: bookmark.label || table.peek()?.names[labelIndex.peek() ?? 0],
    cellboard: own,
  };
}

/** Tensors whose own bookmarks are here. */
const offered = new Set<string>();

/** Add what a tensor comes with, once. */
export function followOffered(): void {
  const info = chosen.value;
  if (!info?.hasBookmarks || !base.value || opened.value) return;
  const key = keyOf(info);
  if (base.value.key !== key || offered.has(key)) return;
  offered.add(key);
  void loadBookmarks(info)
    .then((text) => {
      offerError.value = read(text);
    })
    .catch((error: unknown) => {
      offerError.value = error instanceof Error ? error.message : String(error);
    });
}

/** What is wrong with those that a tensor comes with. */
export const offerError = signal<string | null>(null);

/** Add those of a file; why they cannot be read, or null. */
export function read(text: string): string | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return "This file holds no bookmarks: it is no JSON";
  }
  const list = Array.isArray(said) ? said : [said];
  const found = list.slice(0, MOST_BOOKMARKS).flatMap((one) => bookmarkOf(one) ?? []);
  if (!found.length) return "This file holds no bookmarks";
  bookmarks.value = [...bookmarks.peek(), ...found].slice(-MOST_BOOKMARKS);
  return null;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const textIn = (value: unknown): string => (typeof value === "string" ? value.slice(0, LONGEST_NAME) : "");
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const rowsIn = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((row): row is number => Number.isSafeInteger(row) && row >= 0) : [];

export function bookmarkOf(state: unknown): Bookmark | null {
  if (!isFields(state)) return null;
  const own: Fields = isFields(state.cellboard) ? state.cellboard : {};
  const kind = VIEWS.find((one) => one === (own.view ?? state.selectedProjection));
  if (!kind) return null;
  const theirFlat =
    kind === "tsne"
      ? state.tSNEis3d === false
      : kind === "umap"
        ? state.umapIs3d === false
        : Array.isArray(state.pcaComponentDimensions) && state.pcaComponentDimensions.length === 2;
  const flat = typeof own.flat === "boolean" ? own.flat : theirFlat;
  const selected = rowsIn(state.selectedPoints);
  const filtered = rowsIn(own.isolated ?? state.filteredPoints);
  const ownCaught = rowsIn(own.caught);
  return {
    name: textIn(own.name) || textIn(state.label) || "View",
    view: kind,
    flat,
    components: componentsOf(own.components ?? state.pcaComponentDimensions),
    sphere: own.sphere === true,
    camera: isFields(own) && "camera" in own ? cameraOf(own.camera) : theirCamera(state.cameraDef),
    picked: isNumber(own.picked) ? own.picked : selected.length === 1 ? (selected[0] as number) : -1,
    caught: ownCaught.length || "caught" in own ? ownCaught : selected.length > 1 ? selected : [],
    isolated: filtered.length > 1 ? filtered : null,
    color: typeof own.color === "string" ? textIn(own.color) : theirColor(state.selectedColorOptionName),
    colorAs:
      (["auto", "classes", "gradient"] as const).find((as) => as === own.colorAs) ??
      (state.forceCategoricalColoring === true ? "classes" : "auto"),
    label: typeof own.label === "string" ? textIn(own.label) : textIn(state.selectedLabelOption),
    layout: layoutOf(kind, flat ? 2 : 3, state.projections, own.layout ?? state),
  };
}

const theirColor = (name: unknown): string => {
  const text = textIn(name);
  return text && !/^no color map$/i.test(text) ? `=${text}` : "";
};

function componentsOf(value: unknown): readonly [number, number, number] {
  const list = Array.isArray(value) ? value : [];
  const component = (at: number): number => {
    const found: unknown = list[at];
    return isNumber(found) && Number.isInteger(found) && found >= 0 && found < MOST_COMPONENTS ? found : at;
  };
  return [component(0), component(1), component(2)];
}

function vectorOf(value: unknown): Vector | null {
  if (!Array.isArray(value) || value.length !== 3 || !value.every(isNumber)) return null;
  return value as Vector;
}

function cameraOf(value: unknown): CameraState | null {
  if (!isFields(value)) return null;
  const target = vectorOf(value.target);
  const { yaw, pitch, distance } = value;
  if (!target || !isNumber(yaw) || !isNumber(pitch) || !isNumber(distance) || distance <= 0) return null;
  return { yaw, pitch, distance: Math.min(60, Math.max(0.02, distance)), target };
}

/** They say where the eye is; how far away is another measure with them, so that all is in view. */
function theirCamera(value: unknown): CameraState | null {
  const position = isFields(value) ? vectorOf(value.position) : null;
  const { scene } = stage;
  if (!position || !scene || (isFields(value) && value.orthographic === true)) return null;
  const [x, y, z] = position;
  const length = Math.hypot(x, y, z);
  if (!(length > 0)) return null;
  return { ...scene.home(), yaw: Math.atan2(x, z), pitch: Math.asin(y / length) };
}

function layoutOf(kind: View, dims: 2 | 3, projections: unknown, said: unknown): LayoutKept | null {
  if ((kind !== "tsne" && kind !== "umap") || !Array.isArray(projections)) return null;
  if (!projections.length || projections.length > MOST_KEPT) return null;
  const coords: number[] = [];
  for (const point of projections) {
    for (let axis = 0; axis < dims; axis++) {
      const value: unknown = isFields(point) ? point[`${kind}-${axis}`] : undefined;
      if (!isNumber(value)) return null;
      coords.push(value);
    }
  }
  const iteration = isFields(said) ? (said.iteration ?? said.tSNEIteration) : 0;
  return { dims, iteration: isNumber(iteration) ? iteration : 0, coords };
}
