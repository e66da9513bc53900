/** What the meshes on the screen have drawn, as plain numbers. */

import type { Drawn } from "./scene/mesh_view";
import type { StageState } from "./scene/stage";

interface Source {
  drawn: Drawn | null;
}

/** By run, tag and number of the mesh. */
export const drawnMeshes = new Map<string, Source>();

/** What draws them, once it is loaded. */
export const drawnStage: { state?: () => StageState; held?: () => number; lose?: () => WEBGL_lose_context | null } = {};

export const keyOf = (run: string, tag: string, item: number): string => JSON.stringify([run, tag, item]);

/** A mesh of a step as it is drawn now; null if it is not on the screen. */
export function describeMesh(run: string, tag: string, item = 0): Drawn | null {
  return drawnMeshes.get(keyOf(run, tag, item))?.drawn ?? null;
}
