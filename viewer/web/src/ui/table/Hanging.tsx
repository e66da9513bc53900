import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Where a popover hangs, in the window. */
export interface Anchor {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Props {
  anchor: Anchor;
  label: string;
  testId: string;
  onClose(): void;
  children: ComponentChildren;
}

const EDGE = 8;
const GAP = 4;

/** A box that hangs from a button, above everything else; a click elsewhere and Escape close it. */
export function Hanging({ anchor, label, testId, onClose, children }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const onToggle = (event: Event): void => {
      if ((event as ToggleEvent).newState === "closed") close.current();
    };
    element.addEventListener("toggle", onToggle);
    element.showPopover();
    element.querySelector<HTMLElement>("[autofocus], input, button, select")?.focus();
    return () => element.removeEventListener("toggle", onToggle);
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = Math.max(EDGE, Math.min(anchor.left, innerWidth - width - EDGE));
    const below = anchor.bottom + GAP;
    const fits = below + height + EDGE <= innerHeight;
    const top = fits ? below : Math.max(EDGE, Math.min(innerHeight - height - EDGE, anchor.top - GAP - height));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  return (
    <div ref={box} popover="auto" class="hanging" role="dialog" aria-label={label} data-testid={testId}>
      {children}
    </div>
  );
}

export const anchorOf = (element: Element): Anchor => element.getBoundingClientRect();
