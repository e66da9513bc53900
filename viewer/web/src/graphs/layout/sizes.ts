/** How large boxes are, in units of the scene. What draws them knows from here what stands in them. */

const LEAST = 56;
const MOST = 220;
const PAD = 24;
/** Of a letter, at 12 px and at 10 px, on average. */
const LETTER = 6.7;
const SMALL_LETTER = 5.6;

/** A box with one line of text, and with a second, smaller one. */
export const ONE_LINE = 28;
export const TWO_LINES = 40;

/** Of an open box: the line with its name, and what is left free around what lies in it. */
export const HEADER = 28;
export const PADDING = 16;
export const EXTRACTED_GAP = 32;

const even = (value: number): number => 4 * Math.ceil(value / 4);

/** Width and height of a box that is not open; `below` is its second line. */
export function sizeOf(name: string, below: string): { width: number; height: number } {
  const text = Math.max(name.length * LETTER, below.length * SMALL_LETTER);
  return { width: even(Math.min(Math.max(text + PAD, LEAST), MOST)), height: below ? TWO_LINES : ONE_LINE };
}

/** What an open box must be at least as wide as, for its name. */
export const headerWidth = (name: string): number => even(Math.min(name.length * LETTER, MOST) + 72);
