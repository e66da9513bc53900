import type { ComponentChildren, JSX, RefObject } from "preact";
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
  rootRef?: RefObject<HTMLDivElement | null>;
  /** Whether it stays, and can be pointed at itself. */
  pinned?: boolean;
  children: ComponentChildren;
}

/** A box beside the pointer that never leaves the window. */
export function Floating({ x, y, keepClear, testId, tag, rootRef, pinned, children }: Props): JSX.Element {
  const own = useRef<HTMLDivElement>(null);
  const box = rootRef ?? own;
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
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role that it goes with is chosen with it
    <div
      ref={box}
      class={pinned ? "tooltip pinned" : "tooltip"}
      role={pinned ? "dialog" : "tooltip"}
      aria-label={pinned ? tag : undefined}
      data-testid={testId}
      data-tag={tag}
      data-pinned={pinned ? "" : undefined}
    >
      {children}
    </div>
  );
}
