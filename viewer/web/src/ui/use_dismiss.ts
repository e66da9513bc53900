/** Closing what is open over the page. */

import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** While `open`, call `close` when somebody presses Escape, or the pointer outside the element. */
export function useDismiss(
  root: RefObject<HTMLElement | null>,
  open: boolean,
  close: (by: "escape" | "outside") => void,
): void {
  // Before anything is painted: the next key or press may come right after.
  useLayoutEffect(() => {
    if (!open) return;
    const onPointer = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) close("outside");
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close("escape");
    };
    addEventListener("pointerdown", onPointer);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("pointerdown", onPointer);
      removeEventListener("keydown", onKey);
    };
  }, [open]);
}
