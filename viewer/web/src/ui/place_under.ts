/** Where a box opens below a button. */

const EDGE = 8;
const GAP = 4;

/** Put a fixed box below `anchor`, inside the window, as high as there is room. */
export function placeUnder(box: HTMLElement, anchor: Element): void {
  const from = anchor.getBoundingClientRect();
  box.style.left = `${Math.max(EDGE, Math.min(from.left, innerWidth - box.offsetWidth - EDGE))}px`;
  box.style.top = `${from.bottom + GAP}px`;
  box.style.maxHeight = `${innerHeight - from.bottom - GAP - EDGE}px`;
}
