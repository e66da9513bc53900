import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { placeUnder } from "../../ui/place_under";
import { useDismiss } from "../../ui/use_dismiss";

interface Props {
  /** What it opens under; the focus goes back to the tree that it is in. */
  anchor: HTMLElement;
  label: string;
  look?: string;
  testId: string;
  onClose(): void;
  children: ComponentChildren;
}

const CONTROLS = "input:not([disabled]), select, button:not([disabled]):not([tabindex='-1'])";

/** A box with controls over the page, at a button that may scroll away; Escape, or a click elsewhere, closes it. */
export function RowBox({ anchor, label, look = "", testId, onClose, children }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, true, (by) => {
    onClose();
    if (by === "escape") (anchor.closest<HTMLElement>("[role=tree]") ?? anchor).focus();
  });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    placeUnder(element, anchor);
    // Where there is little room below, it moves up over its button.
    const over = element.scrollHeight - element.clientHeight;
    if (over > 0) {
      const top = Math.max(8, element.offsetTop - over);
      element.style.top = `${top}px`;
      element.style.maxHeight = `${innerHeight - top - 8}px`;
    }
    (element.querySelector<HTMLElement>("[data-first]") ?? element.querySelector<HTMLElement>(CONTROLS))?.focus();
  }, [anchor]);
  return (
    <div
      ref={box}
      class={`popover panel ${look}`}
      role="dialog"
      aria-label={label}
      data-testid={testId}
      // Keys within do not go on to the list or the page.
      onKeyDown={(event) => {
        if (event.key !== "Escape") event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
