import { signal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";

/** A component whose code is loaded when it is first drawn, for what few people open; until then nothing is drawn. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ Component: ComponentType<P> } | null>(null);
  let isAsked = false;
  const ask = async (): Promise<void> => {
    if (isAsked) return;
    isAsked = true;
    try {
      loaded.value = { Component: await load() };
    } catch {
      // Asked for again when it is drawn again: a viewer may be away for a moment.
      isAsked = false;
    }
  };
  return function Lazily(props: P): JSX.Element | null {
    useEffect(() => void ask(), []);
    const Component = loaded.value?.Component;
    return Component ? <Component {...props} /> : null;
  };
}
