/** What a person chose about the page; it stands in the address. */

import type { Metric } from "../../projector/types";
import { choiceCodec, flagCodec, numberCodec, textCodec } from "../../state/codecs";
import { type Codec, hashSignal } from "../../state/hash";
import type { ColorAs } from "./coloring";
import type { CameraState } from "./scene/camera";

export type View = "pca" | "tsne" | "umap" | "custom";
export const VIEWS: readonly View[] = ["pca", "tsne", "umap", "custom"];

/** Run and name of a tensor without its step; empty: the first there is. */
export const chosenRun = hashSignal<string>("proj-run", "", textCodec);
export const chosenTag = hashSignal<string>("proj-tag", "", textCodec);

const stepCodec: Codec<number | null> = {
  read: (values) => {
    const step = Number(values[0] || Number.NaN);
    return Number.isSafeInteger(step) ? step : undefined;
  },
  write: (step) => (step === null ? [] : [String(step)]),
};
/** Null: the latest, also when a later one comes. */
export const chosenStep = hashSignal<number | null>("proj-step", null, stepCodec);

export const view = hashSignal<View>("proj", "pca", choiceCodec(VIEWS));
export const isFlat = hashSignal<boolean>("proj-2d", false, flagCodec);
export const sphereize = hashSignal<boolean>("proj-sphere", false, flagCodec);

export const MOST_COMPONENTS = 10;
const componentsCodec: Codec<readonly [number, number, number]> = {
  read: (values) => {
    const parts = (values[0] ?? "").split(",").map(Number);
    const [x, y, z] = parts;
    const isFine = parts.length === 3 && parts.every((p) => Number.isInteger(p) && p >= 1 && p <= MOST_COMPONENTS);
    return isFine ? ([(x as number) - 1, (y as number) - 1, (z as number) - 1] as const) : undefined;
  },
  write: (value) => [value.map((component) => component + 1).join(",")],
};
/** Which principal component is along x, y and z; 0-based. */
export const components = hashSignal<readonly [number, number, number]>("proj-pc", [0, 1, 2], componentsCodec);

export const perplexity = hashSignal<number>("proj-perplexity", 30, numberCodec(2, 100));
/** 0: as suits the number of points. */
export const learningRate = hashSignal<number>("proj-rate", 0, numberCodec(0, 10_000));
export const neighbours = hashSignal<number>("proj-umap-k", 15, numberCodec(2, 100));
export const minDist = hashSignal<number>("proj-umap-min", 0.1, numberCodec(0, 1));
/** 0: as suits the number of points. */
export const epochs = hashSignal<number>("proj-umap-epochs", 0, numberCodec(0, 5000));
/** The column whose classes are kept together, and how much; by name, empty: none. */
export const superviseBy = hashSignal<string>("proj-supervise", "", textCodec);
export const superviseWeight = hashSignal<number>("proj-supervise-by", 50, numberCodec(0, 100));

export const ENDS = ["left", "right", "up", "down"] as const;
export type End = (typeof ENDS)[number];
/** What each end of the own axes stands for: a text, or a pattern between slashes. */
export const ends: Readonly<Record<End, ReturnType<typeof hashSignal<string>>>> = {
  left: hashSignal("proj-left", "", textCodec),
  right: hashSignal("proj-right", "", textCodec),
  up: hashSignal("proj-up", "", textCodec),
  down: hashSignal("proj-down", "", textCodec),
};
/** The column these are looked for in, by name; empty: that of the labels. */
export const endsColumn = hashSignal<string>("proj-axes-by", "", textCodec);
export const endsAreRegex = hashSignal<boolean>("proj-axes-regex", false, flagCodec);

/** `=name`, `-` for none; empty: a column that suits. */
export const colorColumn = hashSignal<string>("proj-color", "", textCodec);
export const colorAs = hashSignal<ColorAs>("proj-color-as", "auto", choiceCodec(["auto", "classes", "gradient"]));
export const labelColumn = hashSignal<string>("proj-label", "", textCodec);
export const showsNames = hashSignal<boolean>("proj-names", false, flagCodec);
export const showsPictures = hashSignal<boolean>("proj-pictures", true, flagCodec);
export const pointSize = hashSignal<number>("proj-size", 1, numberCodec(0.25, 4));

export const metric = hashSignal<Metric>("proj-metric", "cosine", choiceCodec(["cosine", "euclidean"]));
export const LEAST_NEAR = 5;
export const MOST_NEAR = 999;
export const nearCount = hashSignal<number>("proj-near", 100, numberCodec(LEAST_NEAR, MOST_NEAR));

const rowCodec: Codec<number> = {
  read: (values) => {
    const row = Number(values[0] || Number.NaN);
    return Number.isSafeInteger(row) && row >= 0 ? row : undefined;
  },
  write: (row) => (row < 0 ? [] : [String(row)]),
};
/** The point that was picked, by its row in the file; -1: none. */
export const pickedRow = hashSignal<number>("proj-point", -1, rowCodec);

const DIGITS = 1000;
const short = (value: number): number => Math.round(value * DIGITS) / DIGITS;

const cameraCodec: Codec<CameraState | null> = {
  read: (values) => {
    const parts = (values[0] ?? "").split(",").map(Number);
    const [yaw, pitch, distance, ...target] = parts;
    const isFine = parts.length === 6 && parts.every((p) => Number.isFinite(p) && Math.abs(p) < 100);
    if (!isFine || !((distance as number) > 0)) return undefined;
    return {
      yaw: yaw as number,
      pitch: pitch as number,
      distance: distance as number,
      target: target as [number, number, number],
    };
  },
  write: (camera) =>
    camera ? [[camera.yaw, camera.pitch, camera.distance, ...camera.target].map(short).join(",")] : [],
};
/** Null: all is in view. */
export const camera = hashSignal<CameraState | null>("proj-camera", null, cameraCodec);
