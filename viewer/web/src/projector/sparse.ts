/** Square matrices that are nearly empty, row by row. */

export interface Sparse {
  count: number;
  /** Where the entries of each row begin, and where those of the last one end. */
  offsets: Int32Array;
  /** Ascending in each row. */
  columns: Int32Array;
  values: Float64Array;
}

/** Of rows that have `width` entries each, in any order; those of column -1 are none. */
export function sparseOf(count: number, width: number, columns: Int32Array, values: Float64Array): Sparse {
  const order = new Int32Array(width);
  const offsets = new Int32Array(count + 1);
  const sorted = new Int32Array(columns.length);
  const moved = new Float64Array(columns.length);
  let at = 0;
  for (let row = 0; row < count; row++) {
    const from = row * width;
    for (let k = 0; k < width; k++) order[k] = from + k;
    order.sort((a, b) => (columns[a] as number) - (columns[b] as number));
    for (const place of order) {
      if ((columns[place] as number) < 0) continue;
      sorted[at] = columns[place] as number;
      moved[at++] = values[place] as number;
    }
    offsets[row + 1] = at;
  }
  return { count, offsets, columns: sorted.slice(0, at), values: moved.slice(0, at) };
}

export function transpose({ count, offsets, columns, values }: Sparse): Sparse {
  const starts = new Int32Array(count + 1);
  for (const column of columns) starts[column + 1] = (starts[column + 1] as number) + 1;
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  const place = starts.slice();
  const turned = new Int32Array(columns.length);
  const moved = new Float64Array(columns.length);
  for (let row = 0; row < count; row++)
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const column = columns[at] as number;
      const to = place[column] as number;
      place[column] = to + 1;
      turned[to] = row;
      moved[to] = values[at] as number;
    }
  return { count, offsets: starts, columns: turned, values: moved };
}

/** What `together` makes of each two entries, of which one may be 0; what is 0 then is left out. */
export function combine(a: Sparse, b: Sparse, together: (a: number, b: number) => number): Sparse {
  const { count } = a;
  const offsets = new Int32Array(count + 1);
  const columns = new Int32Array(a.columns.length + b.columns.length);
  const values = new Float64Array(columns.length);
  let at = 0;
  for (let row = 0; row < count; row++) {
    let left = a.offsets[row] as number;
    let right = b.offsets[row] as number;
    const leftEnd = a.offsets[row + 1] as number;
    const rightEnd = b.offsets[row + 1] as number;
    while (left < leftEnd || right < rightEnd) {
      const leftColumn = left < leftEnd ? (a.columns[left] as number) : count;
      const rightColumn = right < rightEnd ? (b.columns[right] as number) : count;
      const column = Math.min(leftColumn, rightColumn);
      const one = leftColumn === column ? (a.values[left++] as number) : 0;
      const other = rightColumn === column ? (b.values[right++] as number) : 0;
      const value = together(one, other);
      if (value === 0) continue;
      columns[at] = column;
      values[at++] = value;
    }
    offsets[row + 1] = at;
  }
  return { count, offsets, columns: columns.slice(0, at), values: values.slice(0, at) };
}

/** The same with values that `change` makes of an entry's row, column and value. */
export function mapped(matrix: Sparse, change: (row: number, column: number, value: number) => number): Sparse {
  const { count, offsets, columns, values } = matrix;
  const made = new Float64Array(values.length);
  for (let row = 0; row < count; row++)
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
      made[at] = change(row, columns[at] as number, values[at] as number);
  return { ...matrix, values: made };
}
