/** Which of many labels are written, so that none lies over another. */

export interface LabelSpot {
  index: number;
  text: string;
  /** Where the text begins, and its middle line. */
  x: number;
  y: number;
}

export interface Room {
  width: number;
  height: number;
}

const HEIGHT = 14;
const GAP = 2;
const LONGEST = 40;

/** As much of a label as is written beside its point, in one line. */
export function shortLabel(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/**
 * Those of the candidates that have room, the first of them before the others.
 *
 * `at` says where a point is on the screen and how far beside it the text begins; null: not on it.
 */
export function placeLabels(
  candidates: Iterable<number>,
  at: (index: number) => { x: number; y: number; beside: number } | null,
  textOf: (index: number) => string,
  widthOf: (text: string) => number,
  room: Room,
  { most, tries }: { most: number; tries: number },
): LabelSpot[] {
  const placed: LabelSpot[] = [];
  const boxes: { left: number; top: number; right: number; bottom: number }[] = [];
  let tried = 0;
  for (const index of candidates) {
    if (placed.length >= most || tried >= tries) break;
    tried++;
    const spot = at(index);
    if (!spot) continue;
    const text = shortLabel(textOf(index));
    if (!text) continue;
    const width = widthOf(text);
    let left = spot.x + spot.beside;
    if (left + width > room.width) left = spot.x - spot.beside - width;
    const box = { left: left - GAP, top: spot.y - HEIGHT / 2, right: left + width + GAP, bottom: spot.y + HEIGHT / 2 };
    if (box.left < 0 || box.top < 0 || box.right > room.width || box.bottom > room.height) continue;
    const isFree = boxes.every(
      (other) =>
        box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom,
    );
    if (!isFree) continue;
    boxes.push(box);
    placed.push({ index, text, x: left, y: spot.y });
  }
  return placed;
}
