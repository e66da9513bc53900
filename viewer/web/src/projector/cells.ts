/**
 * Forces of all points on each, those of far ones taken together: a tree of cells, each cut into 2 × 2 (× 2).
 *
 * Source: Barnes and Hut, 1986; van der Maaten, Accelerating t-SNE using tree-based algorithms, 2014.
 */

/** Cells of points that are nearly the same are cut no further. */
const DEEPEST = 48;

export class CellTree {
  private readonly children: number;
  private middles = new Float64Array();
  private sums = new Float64Array();
  private halves = new Float64Array();
  private counts = new Int32Array();
  /** The first of a cell's children, which lie together; 0: none. */
  private below = new Int32Array();
  /** Where the point that came first into a cell is among the coordinates. */
  private first = new Int32Array();
  private size = 0;
  private readonly stack = new Int32Array(8 * DEEPEST + 8);

  constructor(private readonly dims: 2 | 3) {
    this.children = 1 << dims;
  }

  build(coords: Float64Array): void {
    const { dims } = this;
    const count = coords.length / dims;
    this.makeRoom(Math.max(64, 4 * count * (dims - 1)));
    this.size = 1;
    this.counts[0] = 0;
    this.below[0] = 0;
    let half = 0;
    for (let j = 0; j < dims; j++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let at = j; at < coords.length; at += dims) {
        const value = coords[at] as number;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.middles[j] = (low + high) / 2;
      this.sums[j] = 0;
      half = Math.max(half, (high - low) / 2);
    }
    this.halves[0] = half * (1 + 1e-9) + Number.MIN_VALUE;
    for (let point = 0; point < count; point++) this.insert(coords, point * dims);
    for (let at = 0; at < this.size * dims; at++) {
      const inside = this.counts[(at / dims) | 0] as number;
      if (inside) this.sums[at] = (this.sums[at] as number) / inside;
    }
  }

  private insert(coords: Float64Array, from: number): void {
    const { dims } = this;
    let cell = 0;
    for (let depth = 0; ; depth++) {
      const isLast = this.below[cell] === 0;
      if (this.counts[cell] === 0) this.first[cell] = from;
      else if (isLast && depth < DEEPEST && !this.isAt(cell, coords, from)) this.split(cell, coords);
      this.counts[cell] = (this.counts[cell] as number) + 1;
      for (let j = 0, place = cell * dims; j < dims; j++)
        this.sums[place + j] = (this.sums[place + j] as number) + (coords[from + j] as number);
      if (this.below[cell] === 0) return;
      cell = this.childOf(cell, coords, from);
    }
  }

  /** Whether all points of a cell that is not cut are where this one is. */
  private isAt(cell: number, coords: Float64Array, from: number): boolean {
    const first = this.first[cell] as number;
    for (let j = 0; j < this.dims; j++) if (coords[first + j] !== coords[from + j]) return false;
    return true;
  }

  private childOf(cell: number, coords: Float64Array, from: number): number {
    let child = this.below[cell] as number;
    for (let j = 0; j < this.dims; j++)
      if ((coords[from + j] as number) >= (this.middles[cell * this.dims + j] as number)) child += 1 << j;
    return child;
  }

  /** Cut a cell, and move what is in it, all at one place, into the child where it belongs. */
  private split(cell: number, coords: Float64Array): void {
    const { dims, children } = this;
    const first = this.size;
    this.size += children;
    this.makeRoom(this.size);
    const half = (this.halves[cell] as number) / 2;
    for (let child = 0; child < children; child++) {
      const at = first + child;
      this.counts[at] = 0;
      this.below[at] = 0;
      this.halves[at] = half;
      for (let j = 0; j < dims; j++) {
        this.sums[at * dims + j] = 0;
        this.middles[at * dims + j] = (this.middles[cell * dims + j] as number) + ((child >> j) & 1 ? half : -half);
      }
    }
    this.below[cell] = first;
    const to = this.childOf(cell, coords, this.first[cell] as number);
    this.first[to] = this.first[cell] as number;
    this.counts[to] = this.counts[cell] as number;
    for (let j = 0; j < dims; j++) this.sums[to * dims + j] = this.sums[cell * dims + j] as number;
  }

  private makeRoom(cells: number): void {
    if (this.counts.length >= cells) return;
    const room = Math.max(cells, 2 * this.counts.length);
    const grown = <T extends Float64Array | Int32Array>(made: T, before: T): T => {
      made.set(before);
      return made;
    };
    this.middles = grown(new Float64Array(room * this.dims), this.middles);
    this.sums = grown(new Float64Array(room * this.dims), this.sums);
    this.halves = grown(new Float64Array(room), this.halves);
    this.counts = grown(new Int32Array(room), this.counts);
    this.below = grown(new Int32Array(room), this.below);
    this.first = grown(new Int32Array(room), this.first);
  }

  /**
   * Add to `forces` what repels each point: the sum of (y − z) q² over all others z, with q = 1 / (1 + |y − z|²). Returns
   * the sum of all q. `angle` says how large a cell may look to be taken as one.
   */
  repel(coords: Float64Array, forces: Float64Array, angle: number): number {
    return this.dims === 2 ? this.repelIn2(coords, forces, angle) : this.repelIn3(coords, forces, angle);
  }

  private repelIn2(coords: Float64Array, forces: Float64Array, angle: number): number {
    const { sums, halves, counts, below, stack } = this;
    const bound = (angle / 2) ** 2;
    let total = 0;
    for (let from = 0; from < coords.length; from += 2) {
      const x = coords[from] as number;
      const y = coords[from + 1] as number;
      let fx = 0;
      let fy = 0;
      let sum = 0;
      let depth = 1;
      stack[0] = 0;
      while (depth > 0) {
        const cell = stack[--depth] as number;
        const inside = counts[cell] as number;
        if (inside === 0) continue;
        const dx = x - (sums[2 * cell] as number);
        const dy = y - (sums[2 * cell + 1] as number);
        const square = dx * dx + dy * dy;
        const half = halves[cell] as number;
        const child = below[cell] as number;
        if (child === 0 || half * half < bound * square) {
          const q = 1 / (1 + square);
          sum += inside * q;
          const push = inside * q * q;
          fx += push * dx;
          fy += push * dy;
        } else {
          stack[depth] = child;
          stack[depth + 1] = child + 1;
          stack[depth + 2] = child + 2;
          stack[depth + 3] = child + 3;
          depth += 4;
        }
      }
      // The point itself was among them, with q = 1 and no force.
      total += sum - 1;
      forces[from] = (forces[from] as number) + fx;
      forces[from + 1] = (forces[from + 1] as number) + fy;
    }
    return total;
  }

  private repelIn3(coords: Float64Array, forces: Float64Array, angle: number): number {
    const { sums, halves, counts, below, stack } = this;
    const bound = (angle / 2) ** 2;
    let total = 0;
    for (let from = 0; from < coords.length; from += 3) {
      const x = coords[from] as number;
      const y = coords[from + 1] as number;
      const z = coords[from + 2] as number;
      let fx = 0;
      let fy = 0;
      let fz = 0;
      let sum = 0;
      let depth = 1;
      stack[0] = 0;
      while (depth > 0) {
        const cell = stack[--depth] as number;
        const inside = counts[cell] as number;
        if (inside === 0) continue;
        const dx = x - (sums[3 * cell] as number);
        const dy = y - (sums[3 * cell + 1] as number);
        const dz = z - (sums[3 * cell + 2] as number);
        const square = dx * dx + dy * dy + dz * dz;
        const half = halves[cell] as number;
        const child = below[cell] as number;
        if (child === 0 || half * half < bound * square) {
          const q = 1 / (1 + square);
          sum += inside * q;
          const push = inside * q * q;
          fx += push * dx;
          fy += push * dy;
          fz += push * dz;
        } else {
          for (let k = 0; k < 8; k++) stack[depth + k] = child + k;
          depth += 8;
        }
      }
      total += sum - 1;
      forces[from] = (forces[from] as number) + fx;
      forces[from + 1] = (forces[from + 1] as number) + fy;
      forces[from + 2] = (forces[from + 2] as number) + fz;
    }
    return total;
  }
}
