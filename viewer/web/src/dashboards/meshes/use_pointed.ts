/** The point under the pointer, while no button is down. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { MeshView } from "./scene/mesh_view";
import type { Spot } from "./scene/nearest";

/** `again` changes with what is shown and from where: then another point may be there. */
export function usePointed(
  box: RefObject<HTMLElement | null>,
  view: RefObject<MeshView | null>,
  again: unknown,
): Signal<Spot | null> {
  const pointed = useSignal<Spot | null>(null);
  useLayoutEffect(() => {
    pointed.value = null;
  }, [again]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    const look = (event: PointerEvent): void => {
      cancelAnimationFrame(frame);
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      frame = requestAnimationFrame(() => {
        pointed.value = event.buttons ? null : (view.current?.pointAt(at) ?? null);
      });
    };
    const leave = (): void => {
      cancelAnimationFrame(frame);
      pointed.value = null;
    };
    element.addEventListener("pointermove", look);
    element.addEventListener("pointerleave", leave);
    return () => {
      leave();
      element.removeEventListener("pointermove", look);
      element.removeEventListener("pointerleave", leave);
    };
  }, []);
  return pointed;
}
