/** Points and what is known of them, out of files that a person chose. */

import { counted, pointNotes } from "./notes";
import { isNumeric, linesOf, type ParsedTable, readPoints, readTable } from "./tsv_text";
import { FileError, type Loaded } from "./types";

export async function readFiles(vectors: Blob | string, metadata: Blob | string | null): Promise<Loaded> {
  const found = await naming("The points", () => readPoints(() => linesOf(vectors)));
  const { count, total, dims, values, rows, notFinite } = found;
  const points = { count, total, dims, values, rows };
  const notes = pointNotes({ count, total, not_finite: notFinite });
  if (metadata === null) return { points, table: null, notes, sprite: null };
  const labels = await naming("The labels", () => readTable(() => linesOf(metadata), found));
  const { names, columns } = labels;
  const table = { names, columns, numeric: columns.map(isNumeric) };
  return { points, table, notes: [...notes, ...labelNotes(labels, total)], sprite: null };
}

async function naming<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileError) throw new FileError(`${what}: ${error.message}`);
    throw error;
  }
}

function labelNotes({ labelled, leftOut }: ParsedTable, total: number): string[] {
  const notes: string[] = [];
  if (labelled > total) notes.push("There are more labels than points; the last ones are left out");
  if (labelled < total)
    notes.push(`There are labels for ${labelled.toLocaleString("en")} of ${counted(total, "point")}`);
  if (leftOut) notes.push(`${counted(leftOut, "column")} of labels left out`);
  return notes;
}
