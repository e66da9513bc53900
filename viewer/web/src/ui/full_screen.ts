/**
 * One card over the whole page.
 *
 * The card is laid over the page by style, and the page as a whole is given the screen: a browser shows nothing but the
 * element that has the screen, and tooltips stand outside the cards. Frames may be refused the screen; then the card
 * fills the frame. What lies beneath is inert meanwhile. No ancestor of a card may have `transform` or `contain`: the
 * card would fill that instead.
 */

import { effect, signal } from "@preact/signals";

/** The card that fills the page; null if none does. */
export const fullScreen = signal<HTMLElement | null>(null);

let covered: HTMLElement[] = [];

export function toggleFullScreen(card: HTMLElement): void {
  if (fullScreen.peek() === card) leaveFullScreen();
  else enterFullScreen(card);
}

export function enterFullScreen(card: HTMLElement): void {
  fullScreen.value = card;
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leaveFullScreen(): void {
  fullScreen.value = null;
  if (document.fullscreenElement === document.documentElement) document.exitFullscreen().catch(() => undefined);
}

// The browser's own way out, and being refused the screen after all.
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) fullScreen.value = null;
});

effect(() => {
  const card = fullScreen.value;
  for (const element of covered) element.inert = false;
  covered = card ? besides(card) : [];
  for (const element of covered) element.inert = true;
});

/** Everything on the page that is neither in the card nor around it, and not inert already. */
function besides(card: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at: HTMLElement | null = card; at?.parentElement; at = at.parentElement) {
    for (const sibling of at.parentElement.children) {
      if (sibling !== at && sibling instanceof HTMLElement && !sibling.inert) found.push(sibling);
    }
    if (at.parentElement === document.body) break;
  }
  return found;
}
