/** How meshes are shown. */

import { choiceCodec, flagCodec, numberCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

/** What a new step does to the camera, and whether cards have one in common. */
export type ViewMode = "fit" | "keep" | "share";

export const viewMode = hashSignal<ViewMode>("mesh-view", "fit", choiceCodec(["fit", "keep", "share"]));

/** How triangles are drawn. */
export type Surface = "smooth" | "flat" | "wires" | "points";

export const surface = hashSignal<Surface>(
  "mesh-surface",
  "smooth",
  choiceCodec(["smooth", "flat", "wires", "points"]),
);

export const LEAST_POINT = 1;
export const MOST_POINT = 16;
export const USUAL_POINT = 3;

/** In CSS pixels; a size that is logged, in units of the mesh, is larger or smaller by as much. */
export const pointSize = hashSignal<number>("mesh-point", USUAL_POINT, numberCodec(LEAST_POINT, MOST_POINT));

export const axesShown = hashSignal<boolean>("mesh-axes", true, flagCodec);

/** Points, or triangles, of a card at most. */
export const LIMIT_CHOICES = [
  { value: "100000", text: "≤ 100 k" },
  { value: "300000", text: "≤ 300 k" },
  { value: "1000000", text: "≤ 1 M" },
  { value: "2000000", text: "≤ 2 M" },
] as const;

export const limit = hashSignal<string>("mesh-limit", "300000", choiceCodec(LIMIT_CHOICES.map(({ value }) => value)));
