/** Which panels beside the scene are open, and the tool that a drag is. */

import { computed, signal } from "@preact/signals";
import type { Mode } from "./scene/gestures";

/** Width of the page; 0 until it is laid out. */
export const pageWidth = signal(0);

const BOTH = 900;
const ONE = 680;

export type Side = "left" | "right";

/** Panels without room beside the scene lie over it, and only one at a time. */
export const liesOver = computed<Readonly<Record<Side, boolean>>>(() => ({
  left: pageWidth.value < ONE,
  right: pageWidth.value < BOTH,
}));

/** What a person chose; null: open where there is room. */
const chosen: Readonly<Record<Side, ReturnType<typeof signal<boolean | null>>>> = {
  left: signal<boolean | null>(null),
  right: signal<boolean | null>(null),
};

export const isOpen = computed<Readonly<Record<Side, boolean>>>(() => ({
  left: chosen.left.value ?? !liesOver.value.left,
  right: chosen.right.value ?? !liesOver.value.right,
}));

export function toggle(side: Side): void {
  const open = !isOpen.peek()[side];
  chosen[side].value = open;
  const other = side === "left" ? "right" : "left";
  if (open && liesOver.peek()[side] && isOpen.peek()[other] && liesOver.peek()[other]) chosen[other].value = false;
}

export const mode = signal<Mode>("move");
