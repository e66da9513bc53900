/** Choices that a browser remembers from one visit to the next. */

import { effect, type Signal, signal } from "@preact/signals";
import { type Codec, hashSignal } from "./hash";
import { recall, remember } from "./storage";

/** A choice of this browser alone: what a link to the view need not say. */
export function remembered<T>(name: string, fallback: T, codec: Codec<T>): Signal<T> {
  return keep(name, signal(codec.read(recalled(name)) ?? fallback), codec);
}

/** A choice that is part of the view: it stands in the address under `name`; an address without it leaves what is remembered. */
export function preference<T>(name: string, fallback: T, codec: Codec<T>): Signal<T> {
  const state = hashSignal(name, fallback, codec);
  const isAtDefault = codec.write(state.peek()).join() === codec.write(fallback).join();
  if (isAtDefault) state.value = codec.read(recalled(name)) ?? fallback;
  return keep(name, state, codec);
}

const recalled = (name: string): string[] => {
  const text = recall(name);
  return text === null ? [] : [text];
};

function keep<T>(name: string, state: Signal<T>, codec: Codec<T>): Signal<T> {
  let isFirst = true;
  effect(() => {
    const [text = ""] = codec.write(state.value);
    if (!isFirst) remember(name, text);
    isFirst = false;
  });
  return state;
}
