/** For each point the nearest ones found so far: heaps with the farthest of them on top. */

export class NeighbourLists {
  /** `width` for each point, -1 where there is none yet. */
  readonly index: Int32Array;
  /** Squares of distances. */
  readonly square: Float64Array;
  /** Whether a neighbour was not there the last time that somebody looked; for `descent.ts`. */
  readonly isNew: Uint8Array;

  constructor(
    readonly count: number,
    readonly width: number,
  ) {
    this.index = new Int32Array(count * width).fill(-1);
    this.square = new Float64Array(count * width).fill(Number.POSITIVE_INFINITY);
    this.isNew = new Uint8Array(count * width);
  }

  /** How far the farthest neighbour is: what is not nearer is none. */
  reach(point: number): number {
    return this.square[point * this.width] as number;
  }

  /** Whether `other` is a neighbour now that was none before. */
  offer(point: number, other: number, square: number): boolean {
    const { index, square: squares, width } = this;
    const top = point * width;
    if (square >= (squares[top] as number)) return false;
    for (let at = top; at < top + width; at++) if (index[at] === other) return false;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= width) break;
      if (child + 1 < width && (squares[top + child + 1] as number) > (squares[top + child] as number)) child++;
      if ((squares[top + child] as number) <= square) break;
      this.move(top + child, top + at);
      at = child;
    }
    index[top + at] = other;
    squares[top + at] = square;
    this.isNew[top + at] = 1;
    return true;
  }

  private move(from: number, to: number): void {
    this.index[to] = this.index[from] as number;
    this.square[to] = this.square[from] as number;
    this.isNew[to] = this.isNew[from] as number;
  }

  /** The neighbours of each point, nearest first; of those as far, the one that comes first. */
  sorted(): Neighbourhoods {
    const { count, width } = this;
    const index = new Int32Array(count * width);
    const distance = new Float64Array(count * width);
    const order = Array.from({ length: width }, (_, at) => at);
    for (let point = 0; point < count; point++) {
      const top = point * width;
      const places = order.slice().sort((a, b) => {
        const apart = (this.square[top + a] as number) - (this.square[top + b] as number);
        return apart || (this.index[top + a] as number) - (this.index[top + b] as number);
      });
      places.forEach((from, to) => {
        index[top + to] = this.index[top + from] as number;
        distance[top + to] = Math.sqrt(Math.max(0, this.square[top + from] as number));
      });
    }
    return { index, distance, width };
  }
}

export interface Neighbourhoods {
  /** `width` for each point, without the point itself. */
  index: Int32Array;
  distance: Float64Array;
  width: number;
}
