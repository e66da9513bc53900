/** Which tabs stand in the bar, and which have to go into the menu. */

export interface Room {
  /** Width of the bar. */
  width: number;
  /** Width of the menu's button. */
  more: number;
  gap: number;
  /** Whether the menu is needed even if every tab fits. */
  needsMenu: boolean;
}

/** Indices of the tabs that fit, in order: the first ones, and always the current one (-1: there is none). */
export function fittingTabs(widths: readonly number[], current: number, room: Room): number[] {
  const all = widths.map((_, index) => index);
  const total = widths.reduce((sum, width) => sum + width + room.gap, -room.gap);
  if (!room.needsMenu && total <= room.width) return all;
  let left = room.width - room.more - (widths[current] !== undefined ? widths[current] + room.gap : 0);
  const fitting = all.filter((index) => {
    if (index === current) return true;
    left -= (widths[index] ?? 0) + room.gap;
    return left >= 0;
  });
  return fitting;
}
