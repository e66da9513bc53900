import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { rowOf } from "./points";
import { cellOf } from "./scene/sheet";
import { pictures } from "./sheets";

/** The picture of a point that was read, small; nothing where points have none. */
export function Thumb({ index, size }: { index: number; size: number }): JSX.Element | null {
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = (): void => {
    const now = pictures.value;
    const context = canvas.current?.getContext("2d");
    if (!now || !context || !canvas.current) return;
    const { cellWidth, cellHeight } = now.shape;
    const { left, top } = cellOf(now.shape, rowOf(index));
    const longest = Math.max(cellWidth, cellHeight);
    const ratio = (devicePixelRatio || 1) * (size / longest);
    canvas.current.width = Math.max(1, Math.round(cellWidth * ratio));
    canvas.current.height = Math.max(1, Math.round(cellHeight * ratio));
    context.imageSmoothingEnabled = ratio < 2;
    context.drawImage(now.image, left, top, cellWidth, cellHeight, 0, 0, canvas.current.width, canvas.current.height);
  };
  useSignalEffect(draw);
  useLayoutEffect(draw, [index, size]);
  if (!pictures.value) return null;
  return (
    <span class="proj-thumb" aria-hidden="true">
      <canvas ref={canvas} style={{ width: `${size}px` }} />
    </span>
  );
}
