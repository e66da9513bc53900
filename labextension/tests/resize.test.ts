import { expect, test } from "vitest";
import { resizeWith } from "../src/resize";

function parts(height: number) {
  const [handle, frame] = [document.createElement("div"), document.createElement("div")];
  Object.defineProperty(frame, "offsetHeight", { get: () => Number.parseInt(frame.style.height, 10) || height });
  handle.setPointerCapture = () => {};
  resizeWith(handle, frame);
  return { handle, frame };
}

test("dragging sets the height, within bounds, until the pointer is let go", () => {
  const { handle, frame } = parts(600);
  handle.dispatchEvent(new PointerEvent("pointerdown", { clientY: 100 }));
  handle.dispatchEvent(new PointerEvent("pointermove", { clientY: 180 }));
  expect(frame.style.height).toBe("680px");
  handle.dispatchEvent(new PointerEvent("pointermove", { clientY: -5000 }));
  expect(frame.style.height).toBe("100px");
  handle.dispatchEvent(new PointerEvent("lostpointercapture"));
  handle.dispatchEvent(new PointerEvent("pointermove", { clientY: 400 }));
  expect(frame.style.height).toBe("100px");
});

test("the arrow keys set the height", () => {
  const { handle, frame } = parts(600);
  expect(handle.tabIndex).toBe(0);
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  expect(frame.style.height).toBe("620px");
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
  expect(frame.style.height).toBe("600px");
});
