/** Lists that are shown a page at a time. */

/** How many pages there are; at least one. `perPage` 0: everything on one. */
export const pageCount = (count: number, perPage: number): number =>
  perPage > 0 ? Math.max(1, Math.ceil(count / perPage)) : 1;

/** A page that exists: a list may have become shorter since it was chosen. */
export const nearestPage = (page: number, count: number, perPage: number): number =>
  Math.max(0, Math.min(Math.trunc(page) || 0, pageCount(count, perPage) - 1));

/** What stands on a page, 0-based. */
export function onPage<T>(items: readonly T[], page: number, perPage: number): readonly T[] {
  if (perPage <= 0) return items;
  const first = nearestPage(page, items.length, perPage) * perPage;
  return items.slice(first, first + perPage);
}
