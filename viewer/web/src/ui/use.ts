/** Hooks that several components need. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { isRecording } from "../saved/recorder";
import { fullScreen } from "./full_screen";

/** Whether an element is on the screen or within `margin` of it. */
export function useNearScreen(ref: RefObject<Element | null>, margin = "400px"): Signal<boolean> {
  const near = useSignal(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (isRecording) {
      near.value = true;
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        // A card over the whole page has left the scrolling box.
        near.value = (entries.at(-1)?.isIntersecting ?? false) || element === fullScreen.peek();
      },
      // Margins are those of the scrolling box; around the window they would do nothing for what the box clips.
      { root: element.closest("main"), rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return near;
}

export interface Size {
  width: number;
  height: number;
}

/** The size of an element's content box in whole CSS pixels; 0 × 0 until it is laid out. */
export function useSize(ref: RefObject<Element | null>): Signal<Size> {
  const size = useSignal<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const take = (width: number, height: number): void => {
      const [w, h] = [Math.round(width), Math.round(height)];
      if (w !== size.peek().width || h !== size.peek().height) size.value = { width: w, height: h };
    };
    const box = element.getBoundingClientRect();
    take(box.width, box.height);
    const observer = new ResizeObserver((entries) => {
      const content = entries[0]?.contentRect;
      if (content) take(content.width, content.height);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}
