import type { Signal } from "@preact/signals";
import type { CSSProperties, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Loaded } from "./Compared";
import { comparedSize, type Difference, subtract } from "./difference";
import type { Size } from "./geometry";
import { differenceGain } from "./settings";

interface Props {
  a: Loaded | null;
  b: Loaded | null;
  class: string;
  style: CSSProperties;
  /** Takes how they differ, in numbers. */
  found: Signal<Difference | null>;
}

/** The difference of two pictures; B is stretched to the size of A. */
export function DifferenceLayer({ a, b, class: className, style, found }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const gain = differenceGain.value;
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || !a || !b) return;
    found.value = draw(element, a, b, gain);
    element.dataset.drawn = `${a.url} ${b.url} ${gain}`;
  }, [a, b, gain]);
  return (
    <canvas
      ref={canvas}
      class={className}
      style={style}
      role="img"
      aria-label="Difference of A and B"
      data-testid="difference"
    />
  );
}

function draw(canvas: HTMLCanvasElement, a: Loaded, b: Loaded, gain: number): Difference | null {
  const size = comparedSize(a.width, a.height);
  const [left, right] = [pixelsOf(a, size), pixelsOf(b, size)];
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext("2d");
  if (!left || !right || !context) return null;
  const out = context.createImageData(size.width, size.height);
  const found = subtract(left, right, gain, out.data);
  context.putImageData(out, 0, 0);
  return found;
}

function pixelsOf({ image }: Loaded, { width, height }: Size): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
