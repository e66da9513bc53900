/** How images are shown. */

import { choiceCodec, flagCodec, numberCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export const LEAST_SIZE = 120;
export const MOST_SIZE = 800;
const USUAL_SIZE = 240;

/** Width of an image card in CSS pixels, at least. */
export const imageSize = hashSignal<number>("size", USUAL_SIZE, numberCodec(LEAST_SIZE, MOST_SIZE));

/** One device pixel for each pixel of a picture. */
export const actualSize = hashSignal<boolean>("image-actual", false, flagCodec);

export const MOST_LIGHT = 4;

/** Factors; 1 leaves pictures as they were logged. */
export const brightness = hashSignal<number>("image-brightness", 1, numberCodec(0, MOST_LIGHT));
export const contrast = hashSignal<number>("image-contrast", 1, numberCodec(0, MOST_LIGHT));

export type Comparison = "beside" | "overlay" | "difference" | "swipe";

/** How the pictures of two runs are held against each other. */
export const comparison = hashSignal<Comparison>(
  "image-compare",
  "beside",
  choiceCodec(["beside", "overlay", "difference", "swipe"]),
);

export const MOST_GAIN = 50;

/** How much of B lies over A; where the line between them is; how many times larger differences are drawn. */
export const overlayOpacity = hashSignal<number>("image-opacity", 0.5, numberCodec(0, 1));
export const swipeAt = hashSignal<number>("image-swipe", 0.5, numberCodec(0, 1));
export const differenceGain = hashSignal<number>("image-gain", 1, numberCodec(1, MOST_GAIN));
