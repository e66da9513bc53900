import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useDismiss } from "./use_dismiss";

interface Props {
  label: string;
  /** What it opens from: it stands below that, inside the window, and gives the focus back. */
  anchor: { readonly current: HTMLElement | null };
  onClose(): void;
  testId: string;
  children: ComponentChildren;
}

const EDGE = 8;

/** A box with controls that opens from a button; Escape, or a press outside, closes it. */
export function AnchoredPanel({ label, anchor, onClose, testId, children }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, true, (by) => {
    onClose();
    if (by === "escape") anchor.current?.querySelector<HTMLElement>("button")?.focus();
  });
  useLayoutEffect(() => {
    const [element, from] = [box.current, anchor.current?.getBoundingClientRect()];
    if (!element || !from) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const below = from.bottom + 4;
    const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, innerHeight - height - EDGE);
    element.style.left = `${Math.max(EDGE, Math.min(from.right - width, innerWidth - width - EDGE))}px`;
    element.style.top = `${top}px`;
    element.style.maxHeight = `${innerHeight - 2 * EDGE}px`;
    element.querySelector<HTMLElement>("input, button, select")?.focus();
  }, []);
  return (
    <div ref={box} class="popover controls-popover" role="dialog" aria-label={label} data-testid={testId}>
      {children}
    </div>
  );
}
