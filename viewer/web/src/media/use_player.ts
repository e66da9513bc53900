import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isWaiting, player, speed } from "./player";

export interface Playing {
  isPlaying: ReadonlySignal<boolean>;
  toggle(): void;
}

/** Lets a slider of `count` steps play: from where it is to its end, or all of it if it is there already. */
export function usePlayer(count: number, index: number, onChange: (index: number) => void): Playing {
  const me = useMemo(() => ({}), []);
  const now = useRef({ count, index, onChange });
  now.current = { count, index, onChange };
  const isPlaying = useComputed(() => player.value === me);

  useSignalEffect(() => {
    if (!isPlaying.value) return;
    const timer = setInterval(() => {
      const { count, index, onChange } = now.current;
      if (isWaiting()) return;
      if (index >= count - 1) player.value = null;
      else onChange(index + 1);
    }, 1000 / speed.value);
    return () => clearInterval(timer);
  });
  useEffect(
    () => () => {
      if (player.peek() === me) player.value = null;
    },
    [],
  );

  const toggle = (): void => {
    if (player.peek() === me) {
      player.value = null;
      return;
    }
    if (now.current.index >= now.current.count - 1) now.current.onChange(0);
    player.value = me;
  };
  return { isPlaying, toggle };
}
