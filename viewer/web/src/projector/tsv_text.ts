/** Files of points and of what is known of them, as people export them: a line each, tabs between what stands in it. */

import { FileError } from "./types";

/** Lines of a text, or of a file that is too large for one text. Yields at least every few thousand lines. */
export interface Lines {
  /** The next lines, without their ends; null at the end. */
  next(): Promise<readonly string[] | null>;
}

const CHUNK = 4 << 20;
const LONGEST = 16 << 20;

export function linesOf(source: Blob | string): Lines {
  const blob = typeof source === "string" ? new Blob([source]) : source;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let offset = 0;
  let rest = "";
  let lines = 0;
  let isOver = false;
  return {
    async next() {
      if (isOver) return null;
      const bytes = await blob.slice(offset, offset + CHUNK).arrayBuffer();
      offset += bytes.byteLength;
      isOver = offset >= blob.size;
      try {
        rest += decoder.decode(bytes, { stream: !isOver });
      } catch {
        throw new FileError(`behind line ${(lines + 1).toLocaleString("en")} is something that is no text in UTF-8`);
      }
      const parts = rest.split("\n");
      rest = isOver ? "" : (parts.pop() ?? "");
      if (rest.length > LONGEST) throw new FileError(`line ${(lines + 1).toLocaleString("en")} is too long`);
      if (isOver && parts.at(-1) === "") parts.pop();
      lines += parts.length;
      return parts.map(withoutReturns);
    },
  };
}

/** By hand: a regular expression takes the square of time on a line that has many of them in its midst. */
function withoutReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end -= 1;
  return end < line.length ? line.slice(0, end) : line;
}

export interface ParsedPoints {
  values: Float32Array;
  count: number;
  /** Rows in the file that are points. */
  total: number;
  dims: number;
  rows: Int32Array | null;
  notFinite: number;
}

/** So many numbers fit into a page. */
const MOST_NUMBERS = 1 << 26;
const MOST_POINTS = 100_000;

/** Rows of numbers; of more than a page can hold, an even sample. */
export async function readPoints(
  open: () => Lines,
  most = MOST_POINTS,
  mostNumbers = MOST_NUMBERS,
): Promise<ParsedPoints> {
  const { total, dims } = await measure(open());
  if (!total) throw new FileError("there are no points in it");
  const count = Math.max(1, Math.min(total, most, Math.floor(mostNumbers / dims)));
  const place = (at: number): number => (count === 1 ? 0 : Math.round((at * (total - 1)) / (count - 1)));
  const values = new Float32Array(count * dims);
  const rows = new Int32Array(count);
  const lines = open();
  let row = 0;
  let line = 0;
  let asked = 0;
  let kept = 0;
  for (let part = await lines.next(); part; part = await lines.next())
    for (const text of part) {
      line += 1;
      if (!text) continue;
      if (asked < count && row === place(asked)) {
        asked += 1;
        if (parseRow(text, line, dims, values, kept * dims)) rows[kept++] = row;
      }
      row += 1;
    }
  return {
    values: values.slice(0, kept * dims),
    count: kept,
    total,
    dims,
    rows: kept < total ? rows.slice(0, kept) : null,
    notFinite: count - kept,
  };
}

async function measure(lines: Lines): Promise<{ total: number; dims: number }> {
  let total = 0;
  let dims = 0;
  for (let part = await lines.next(); part; part = await lines.next())
    for (const text of part) {
      if (!text) continue;
      if (!total) dims = text.split("\t").length;
      total += 1;
    }
  return { total, dims };
}

/** Whether all numbers are finite. */
function parseRow(text: string, line: number, dims: number, values: Float32Array, from: number): boolean {
  const cells = text.split("\t");
  if (cells.length !== dims)
    throw new FileError(
      `line ${line.toLocaleString("en")} has ${cells.length.toLocaleString("en")} numbers where the first one has ${dims.toLocaleString("en")}`,
    );
  let areFinite = true;
  cells.forEach((cell, column) => {
    const value = Math.fround(Number(cell));
    if (cell.trim() === "" || (Number.isNaN(value) && !/^\s*[+-]?nan\s*$/i.test(cell))) {
      const infinite = /^\s*[+-]?inf(inity)?\s*$/i.test(cell);
      if (!infinite)
        throw new FileError(
          `line ${line.toLocaleString("en")}, column ${column + 1}: “${cell.slice(0, 40)}” is no number`,
        );
    }
    if (!Number.isFinite(value)) areFinite = false;
    values[from + column] = value;
  });
  return areFinite;
}

export interface ParsedTable {
  names: string[];
  columns: string[][];
  /** For how many points there is something. */
  labelled: number;
  leftOut: number;
}

const MOST_COLUMNS = 64;

/**
 * What is known of those points. The first line has the names of the columns if there is one line more than points, or if
 * there are several columns and not as many lines as points; as the viewer reads the files of a log.
 */
export async function readTable(open: () => Lines, points: ParsedPoints): Promise<ParsedTable> {
  const { lines, width } = await measureTable(open());
  const hasNames = lines === points.total + 1 || (width > 1 && lines !== points.total);
  const shown = Math.min(width, MOST_COLUMNS);
  const columns = Array.from({ length: shown }, () => Array<string>(points.count).fill(""));
  let names = Array<string>(shown).fill("");
  const source = open();
  let row = hasNames ? -1 : 0;
  let at = 0;
  for (let part = await source.next(); part; part = await source.next())
    for (const text of part) {
      if (row === -1) names = text.split("\t").slice(0, shown);
      else if (at < points.count && row === (points.rows ? points.rows[at] : at)) {
        const cells = text.split("\t");
        columns.forEach((column, place) => {
          column[at] = cells[place] ?? "";
        });
        at += 1;
      }
      row += 1;
    }
  return {
    names: columns.map((_, place) => names[place]?.trim() || (shown === 1 ? "label" : `column ${place + 1}`)),
    columns,
    labelled: lines - (hasNames ? 1 : 0),
    leftOut: width - shown,
  };
}

async function measureTable(lines: Lines): Promise<{ lines: number; width: number }> {
  let line = 0;
  let filled = 0;
  let width = 0;
  for (let part = await lines.next(); part; part = await lines.next())
    for (const text of part) {
      line += 1;
      if (text) filled = line;
      if (line === 1) width = text.split("\t").length;
    }
  return { lines: filled, width };
}

/** Whether all that is said in a column are numbers, and something is. */
export const isNumeric = (column: readonly string[]): boolean => {
  let isSaid = false;
  for (const text of column) {
    if (text === "") continue;
    if (text.trim() === "" || (Number.isNaN(Number(text)) && !/^\s*[+-]?(nan|inf(inity)?)\s*$/i.test(text)))
      return false;
    isSaid = true;
  }
  return isSaid;
};
