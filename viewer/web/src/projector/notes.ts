/** What a person should know of points that were read. */

export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;

/** `total` are in the file; `not_finite` were among those that were taken. */
export function pointNotes(found: { count: number; total: number; not_finite: number }): string[] {
  const { count, total, not_finite } = found;
  const notes: string[] = [];
  if (count + not_finite < total)
    notes.push(`An even sample of ${count.toLocaleString("en")} of ${counted(total, "point")}`);
  if (not_finite) notes.push(`${counted(not_finite, "point")} left out, with numbers that are NaN or infinite`);
  return notes;
}
