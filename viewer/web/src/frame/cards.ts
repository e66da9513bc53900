/** Going from card to card. */

/** The card `by` places after the one that has the focus; without one, the first on the screen. Null at the end. */
export function nextCard(by: 1 | -1, page: ParentNode = document): HTMLElement | null {
  const cards = [...page.querySelectorAll<HTMLElement>("main .card")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  if (at >= 0) return cards[at + by] ?? null;
  return cards.find((card) => card.getBoundingClientRect().bottom > 0) ?? null;
}
