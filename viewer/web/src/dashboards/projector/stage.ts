/** The scene while it is on the screen, for what has to ask it something. */

import { signal } from "@preact/signals";
import type { Scene, SceneState } from "./scene/scene";

export const stage: { scene: Scene | null } = { scene: null };

export const sceneState = signal<{ state: SceneState; why: string }>({ state: "drawn", why: "" });

/** The point that is pointed at, among those that were read, and where the pointer is in the window; null: none. */
export const pointed = signal<{ index: number; x: number; y: number } | null>(null);
