/** How large boxes are, in units of the scene. What draws them knows from here what stands in them. */

const LEAST = 56;
const MOST = 220;
const PAD = 24;
/** Where a box that can be opened has the sign for that. */
const SIGN = 16;
/** Of a letter, at 12 px and at 10 px, on average. */
const LETTER = 7.1;
const SMALL_LETTER = 6;

/** A box with one line of text, and with a second, smaller one. */
export const ONE_LINE = 28;
export const TWO_LINES = 40;

/** Of an open box: the line with its name, and what is left free around what lies in it. */
export const HEADER = 28;
export const PADDING = 16;
export const EXTRACTED_GAP = 32;

const even = (value: number): number => 4 * Math.ceil(value / 4);

/** Width and height of a box that is not open; `below` is its second line. */
export function sizeOf(name: string, below: string, canExpand: boolean): { width: number; height: number } {
  const text = Math.max(name.length * LETTER, below.length * SMALL_LETTER) + (canExpand ? SIGN : 0);
  return { width: even(Math.min(Math.max(text + PAD, LEAST), MOST)), height: below ? TWO_LINES : ONE_LINE };
}

/** Further ones that are folded onto a box are only counted. */
export const MOST_ATTACHMENTS = 5;

/** Of what is folded onto a box: from its edge to where the name begins, the room of a name, and from one to the next. */
export const ATTACHED_FROM = 14;
export const ATTACHED_ROOM = 76;
export const ATTACHED_STEP = 13;

/** What is left free on either side of a box for the names of what is folded onto it; below it where lines run across. */
export function marginFor(names: readonly string[], isRight: boolean): number {
  if (!names.length) return 0;
  if (isRight) return 8 + names.length * ATTACHED_STEP;
  const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
  return ATTACHED_FROM + Math.min(ATTACHED_ROOM, Math.ceil(longest * SMALL_LETTER));
}

/** What an open box must be at least as wide as, for its name. */
export const headerWidth = (name: string): number => even(Math.min(name.length * LETTER, MOST) + 72);
