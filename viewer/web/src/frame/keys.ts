/** Keys of the whole page, and what each does. */

import { reloadNow } from "../state/log";
import { fullScreen, leaveFullScreen, toggleFullScreen } from "../ui/full_screen";
import { nextCard } from "./cards";
import { helpOpen } from "./help_state";
import { toggleSidebar } from "./sidebar_state";

const KEYS: Readonly<Record<string, () => void>> = {
  "/": focusFilter,
  "[": toggleSidebar,
  "?": () => {
    helpOpen.value = true;
  },
  r: () => void reloadNow(),
  j: () => goTo(nextCard(1)),
  k: () => goTo(nextCard(-1)),
  f: () => {
    const card = pointedCard();
    if (card) toggleFullScreen(card);
  },
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches("input:not([type=checkbox]):not([type=range]), textarea, select") || target.isContentEditable);

const isCovered = (): boolean => document.querySelector("dialog[open], .popover, .hanging") !== null;

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (isCovered()) return;
  if (event.key === "Escape" && fullScreen.peek()) leaveFullScreen();
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

function focusFilter(): void {
  const filter =
    document.querySelector<HTMLInputElement>("main [data-filter]") ??
    document.querySelector<HTMLInputElement>("[data-filter]");
  filter?.focus();
  filter?.select();
}

/** The card that has the focus, or else the pointer. */
function pointedCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(".card") ?? document.querySelector<HTMLElement>(".card:hover");
}

function goTo(card: HTMLElement | null): void {
  if (!card) return;
  // Over the whole page, one card takes the place of the other.
  if (fullScreen.peek()) toggleFullScreen(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

export function listenForKeys(): () => void {
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
