/** The page that shows the viewer in a frame. */

/** What the page around is told; it holds nothing of the log, for any page may be around. */
export const READY = { cellboard: "ready" };

/** Tell the page around that the viewer came through: a frame's own `load` event comes for a proxy's error page as well. */
export function sayThatItIsThere(): void {
  if (window.parent !== window) window.parent.postMessage(READY, "*");
}
