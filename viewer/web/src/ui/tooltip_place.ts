/** Where a box beside the pointer stands, so that it never leaves the window. */

export interface Place {
  left: number;
  top: number;
}

const GAP = 16;
const EDGE = 8;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/** Right of the pointer, or left of it where there is no room; moved up or down to stay inside. */
export function placeBeside(
  pointer: { x: number; y: number },
  box: { width: number; height: number },
  windowSize: { width: number; height: number },
): Place {
  const right = pointer.x + GAP;
  const fitsRight = right + box.width + EDGE <= windowSize.width;
  const left = fitsRight ? right : pointer.x - GAP - box.width;
  return {
    left: clamp(left, EDGE, Math.max(EDGE, windowSize.width - box.width - EDGE)),
    top: clamp(pointer.y - box.height / 2, EDGE, Math.max(EDGE, windowSize.height - box.height - EDGE)),
  };
}

/**
 * Below what is not to be covered, such as the chart that is pointed at, or above it; where neither has room, beside the
 * pointer.
 */
export function placeClear(
  pointer: { x: number; y: number },
  keepClear: { top: number; bottom: number },
  box: { width: number; height: number },
  windowSize: { width: number; height: number },
): Place {
  const below = keepClear.bottom + EDGE;
  const above = keepClear.top - EDGE - box.height;
  const top = below + box.height + EDGE <= windowSize.height ? below : above >= EDGE ? above : null;
  if (top === null) return placeBeside(pointer, box, windowSize);
  const left = pointer.x - box.width / 2;
  return { left: clamp(left, EDGE, Math.max(EDGE, windowSize.width - box.width - EDGE)), top };
}

/** Which rows are shown where only `room` of `count` fit: those around the row that matters. */
export function windowAround(index: number, count: number, room: number): { first: number; last: number } {
  if (count <= room) return { first: 0, last: count };
  const first = clamp(index - Math.floor(room / 2), 0, count - room);
  return { first, last: first + room };
}
