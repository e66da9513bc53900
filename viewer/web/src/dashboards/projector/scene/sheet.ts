/** The sheet of small pictures, one a point, cut into textures that a graphics card takes. */

export interface SheetShape {
  /** Of the whole sheet, in its pixels. */
  width: number;
  height: number;
  /** Of one picture. */
  cellWidth: number;
  cellHeight: number;
}

/** A part of the sheet that is one texture. */
export interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface SheetPlan {
  columns: number;
  tiles: Tile[];
  /** Which tile a point's picture is in; -1: the sheet has none for it. */
  tileOf: Int16Array;
  /** Left and top of each picture within its tile, 0–1. */
  cells: Float32Array;
}

/** More textures than these would fill the memory of a graphics card. */
const MOST_TILES = 16;

/** Where each picture is, if a texture may be so large. `rows` says which picture is whose. */
export function planSheet(shape: SheetShape, rows: ArrayLike<number>, largest: number): SheetPlan | null {
  const { width, height, cellWidth, cellHeight } = shape;
  const columns = Math.floor(width / cellWidth);
  const lines = Math.floor(height / cellHeight);
  const [across, down] = [Math.floor(largest / cellWidth), Math.floor(largest / cellHeight)];
  if (!(columns > 0 && lines > 0 && across > 0 && down > 0)) return null;
  const tilesAcross = Math.ceil(columns / across);
  const tilesDown = Math.ceil(lines / down);
  if (tilesAcross * tilesDown > MOST_TILES) return null;
  const tiles: Tile[] = [];
  for (let y = 0; y < tilesDown; y++) {
    for (let x = 0; x < tilesAcross; x++) {
      tiles.push({
        left: x * across * cellWidth,
        top: y * down * cellHeight,
        width: Math.min(across, columns - x * across) * cellWidth,
        height: Math.min(down, lines - y * down) * cellHeight,
      });
    }
  }
  const tileOf = new Int16Array(rows.length);
  const cells = new Float32Array(2 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    const [column, line] = [(rows[i] as number) % columns, Math.floor((rows[i] as number) / columns)];
    if (line >= lines) {
      tileOf[i] = -1;
      continue;
    }
    const at = Math.floor(line / down) * tilesAcross + Math.floor(column / across);
    const tile = tiles[at] as Tile;
    tileOf[i] = at;
    cells[2 * i] = ((column % across) * cellWidth) / tile.width;
    cells[2 * i + 1] = ((line % down) * cellHeight) / tile.height;
  }
  return { columns, tiles, tileOf, cells };
}

/** Where the picture of a row is in the whole sheet, in pixels. */
export function cellOf({ width, cellWidth, cellHeight }: SheetShape, row: number): { left: number; top: number } {
  const columns = Math.max(1, Math.floor(width / cellWidth));
  return { left: (row % columns) * cellWidth, top: Math.floor(row / columns) * cellHeight };
}
