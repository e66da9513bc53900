import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { clampHeight, DEFAULT_HEIGHT } from "./message";

export const PLACEMENTS = ["tab-after", "split-right", "split-left", "split-bottom", "split-top"] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** What the user has set (`schema/plugin.json`). */
export interface Settings {
  /** Pixels, of a viewer in a cell whose output does not say. */
  height: number;
  /** The directory that a new board is offered; "" for where the file browser is. */
  logdir: string;
  /** Where a board opens in the main area. */
  placement: Placement;
}

/** Shared with what shows outputs, which may be there before the settings are. */
export const settings: Settings = { height: DEFAULT_HEIGHT, logdir: "", placement: "tab-after" };

/** Follow the user's settings. */
export async function followSettings(registry: ISettingRegistry, plugin: string): Promise<void> {
  const loaded = await registry.load(plugin);
  const take = (): void => {
    Object.assign(settings, readSettings(loaded.composite as Record<string, unknown>));
  };
  take();
  loaded.changed.connect(take);
}

/** Read settings that somebody may have written by hand. */
export function readSettings({ height, logdir, placement }: Record<string, unknown>): Settings {
  return {
    height: clampHeight(typeof height === "number" ? height : Number.NaN),
    logdir: typeof logdir === "string" ? logdir.trim() : "",
    placement: PLACEMENTS.find((known) => known === placement) ?? "tab-after",
  };
}
