import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { useSize } from "./use";

interface Props {
  rowHeight: number;
  count: number;
  render(index: number): ComponentChildren;
  /** The box that scrolls, for who scrolls it. */
  boxRef?: RefObject<HTMLDivElement | null>;
  /** Role, name and keys of the box. */
  attributes?: JSX.IntrinsicElements["div"] & { "data-testid"?: string };
  onScroll?(): void;
}

const SPARE_ROWS = 8;

/** A list that scrolls and holds only the rows on the screen: a thousand runs cost as little as ten. */
export function VirtualRows({ rowHeight, count, render, boxRef, attributes, onScroll }: Props): JSX.Element {
  const ownRef = useRef<HTMLDivElement>(null);
  const box = boxRef ?? ownRef;
  const size = useSize(box);
  const scrolled = useSignal(0);
  const first = Math.max(0, Math.floor(scrolled.value / rowHeight) - SPARE_ROWS);
  const fitting = Math.ceil((size.value.height || 800) / rowHeight) + 2 * SPARE_ROWS;
  const last = Math.min(count, first + fitting);
  const indices = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    <div
      ref={box}
      class="rows"
      {...attributes}
      onScroll={(event) => {
        // Only whole rows matter, so most scrolling draws nothing anew.
        onScroll?.();
        scrolled.value = Math.floor(event.currentTarget.scrollTop / rowHeight) * rowHeight;
      }}
    >
      <div class="rows-inner" style={{ height: `${count * rowHeight}px` }}>
        <div style={{ transform: `translateY(${first * rowHeight}px)` }}>{indices.map(render)}</div>
      </div>
    </div>
  );
}
