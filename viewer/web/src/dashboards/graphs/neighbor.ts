/** Which box a key leads to. */

import type { Box } from "../../graphs/scene";
import type { Rect } from "./camera";
import { HEAD } from "./paint";
import type { SceneIndex } from "./scene_index";

export type Way = "up" | "down" | "left" | "right";

/** What follows along an edge counts as so much nearer. */
const ALONG_EDGE = 0.25;
/** Going astray to the side costs more than going far. */
const ASIDE = 2;

/** Of an open box its head: the rest belongs to what lies in it. */
const headOf = ({ x, y, width, height, isExpanded }: Box): Rect => ({
  x,
  y,
  width,
  height: isExpanded ? Math.min(HEAD, height) : height,
});

/** The gap between two spans; 0 where they overlap. */
const gap = (from: number, length: number, other: number, otherLength: number): number =>
  Math.max(0, other - (from + length), from - (other + otherLength));

/** The box that lies in a direction, rather along an edge than not; null if there is none. */
export function boxTowards(index: SceneIndex, from: Box, way: Way): Box | null {
  const here = headOf(from);
  const joined = new Set(index.edgesAt(from.id).flatMap((edge) => [edge.from, edge.to]));
  const isUpright = way === "up" || way === "down";
  const sign = way === "down" || way === "right" ? 1 : -1;
  const [hereX, hereY] = [here.x + here.width / 2, here.y + here.height / 2];
  let best: Box | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const box of index.scene.boxes) {
    if (box.id === from.id) continue;
    const there = headOf(box);
    const ahead = sign * (isUpright ? there.y + there.height / 2 - hereY : there.x + there.width / 2 - hereX);
    if (ahead <= 1) continue;
    const [dx, dy] = [gap(here.x, here.width, there.x, there.width), gap(here.y, here.height, there.y, there.height)];
    // What is beside a box and not beyond its edge does not lie in this direction.
    if (isUpright ? dy === 0 && dx > 0 : dx === 0 && dy > 0) continue;
    const cost = (isUpright ? ahead + ASIDE * dx : ahead + ASIDE * 2 * dy) * (joined.has(box.id) ? ALONG_EDGE : 1);
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

const orders = new WeakMap<SceneIndex, Box[]>();

/** Boxes as one reads them: from the top, and there from the left. */
function inOrder(index: SceneIndex): Box[] {
  let order = orders.get(index);
  if (!order) {
    order = [...index.scene.boxes].sort((a, b) => a.y - b.y || a.x - b.x || a.depth - b.depth);
    orders.set(index, order);
  }
  return order;
}

/** The box after or before another as one reads them; null at the end. */
export function boxAfter(index: SceneIndex, from: Box | null, by: 1 | -1): Box | null {
  const order = inOrder(index);
  const at = from ? order.indexOf(from) : by > 0 ? -1 : order.length;
  return order[at + by] ?? null;
}

export const placeInOrder = (index: SceneIndex, box: Box): number => inOrder(index).indexOf(box) + 1;
