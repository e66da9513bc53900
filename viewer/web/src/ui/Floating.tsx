import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { placeBeside } from "./tooltip_place";

interface Props {
  /** The pointer, in the window. */
  x: number;
  y: number;
  testId: string;
  tag?: string;
  children: ComponentChildren;
}

/** A box beside the pointer that never leaves the window. */
export function Floating({ x, y, testId, tag, children }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const place = placeBeside({ x, y }, { width, height }, { width: innerWidth, height: innerHeight });
    element.style.transform = `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`;
  });
  return (
    <div ref={box} class="tooltip" role="tooltip" data-testid={testId} data-tag={tag}>
      {children}
    </div>
  );
}
