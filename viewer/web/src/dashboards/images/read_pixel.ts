/** The colour of one pixel of a picture, as it was logged: what is done to it on the screen does not count. */

import type { Point } from "./geometry";

let one: CanvasRenderingContext2D | null = null;

/** Red, green, blue and opacity, 0..255; null if the browser does not give it. */
export function readPixel(picture: CanvasImageSource, { x, y }: Point): readonly number[] | null {
  one ??= smallCanvas();
  if (!one) return null;
  try {
    one.clearRect(0, 0, 1, 1);
    one.drawImage(picture, x, y, 1, 1, 0, 0, 1, 1);
    return [...one.getImageData(0, 0, 1, 1).data];
  } catch {
    // A picture that is broken, or not decoded yet.
    return null;
  }
}

function smallCanvas(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context) context.imageSmoothingEnabled = false;
  return context;
}

/** `255 128 0`; of grey the one value that it is. */
export function describePixel(color: readonly number[]): string {
  const [red = 0, green = 0, blue = 0, opacity = 255] = color;
  const shown = red === green && green === blue ? [red] : [red, green, blue];
  return `${shown.join(" ")}${opacity < 255 ? ` α ${opacity}` : ""}`;
}
