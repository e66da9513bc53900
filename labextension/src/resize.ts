import { clampHeight } from "./message";
import { trans } from "./translation";

const KEY_STEP = 20;

/**
 * Make `handle` set the height of `frame`: by dragging, or with the up and down arrow keys.
 *
 * The pointer is captured by the handle, so a drag goes on over the frame's document, which would swallow it otherwise.
 */
export function resizeWith(handle: HTMLElement, frame: HTMLElement): void {
  handle.setAttribute("role", "separator");
  handle.setAttribute("aria-orientation", "horizontal");
  handle.setAttribute("aria-label", trans.__("Height of the viewer"));
  handle.tabIndex = 0;

  const setHeight = (height: number): void => {
    frame.style.height = `${clampHeight(height)}px`;
  };
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    const offset = frame.offsetHeight - event.clientY;
    const move = (moved: PointerEvent): void => setHeight(moved.clientY + offset);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
    event.preventDefault();
  });
  handle.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (direction !== undefined) {
      setHeight(frame.offsetHeight + direction * KEY_STEP);
      event.preventDefault();
      event.stopPropagation();
    }
  });
}
