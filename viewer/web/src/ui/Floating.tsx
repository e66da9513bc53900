import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { placeBeside, placeClear } from "./tooltip_place";

interface Props {
  /** The pointer, in the window. */
  x: number;
  y: number;
  /** Heights in the window that the box keeps clear of if it can. */
  keepClear?: { top: number; bottom: number };
  testId: string;
  tag?: string;
  children: ComponentChildren;
}

/** A box beside the pointer that never leaves the window. */
export function Floating({ x, y, keepClear, testId, tag, children }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const windowSize = { width: innerWidth, height: innerHeight };
    const place = keepClear
      ? placeClear({ x, y }, keepClear, { width, height }, windowSize)
      : placeBeside({ x, y }, { width, height }, windowSize);
    element.style.transform = `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`;
  });
  return (
    <div ref={box} class="tooltip" role="tooltip" data-testid={testId} data-tag={tag}>
      {children}
    </div>
  );
}
