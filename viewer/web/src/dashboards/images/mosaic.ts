/** How the pictures of one step are laid out beside each other. */

export interface Mosaic {
  columns: number;
  rows: number;
}

/** Width by height that a card's pictures come closest to, together. */
const PLEASANT = 1.2;
/** What an empty place costs, as a share of one picture. */
const GAP_COST = 0.75;

/** The grid for `count` pictures of one shape that leaves little empty and is about as wide as high. */
export function mosaicOf(count: number, aspect: number): Mosaic {
  let best: Mosaic = { columns: 1, rows: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const shape = Math.abs(Math.log((aspect * columns) / rows / PLEASANT));
    const cost = shape + (GAP_COST * (columns * rows - count)) / columns;
    if (cost < least) {
      least = cost;
      best = { columns, rows };
    }
  }
  return best;
}
