/** The pictures of points: read once a tensor, cut up for the graphics card when the scene wants them. */

import { signal } from "@preact/signals";
import { loadSprite } from "../../projector/sprite";
import type { Sheet } from "./scene/point_layer";
import { planSheet, type SheetShape } from "./scene/sheet";
import { type Base, base } from "./source";

export interface Pictures {
  key: string;
  image: ImageBitmap;
  shape: SheetShape;
}

export const pictures = signal<Pictures | null>(null);
export const picturesError = signal<string | null>(null);

let asked = "";

/** Read the pictures of the points that are shown. */
export function followPictures(): void {
  const now = base.value;
  const key = now?.loaded.sprite && now.cell ? now.key : "";
  if (key === asked) return;
  asked = key;
  picturesError.value = null;
  pictures.peek()?.image.close();
  pictures.value = null;
  if (now && key) void read(now, key);
}

async function read({ loaded, cell }: Base, key: string): Promise<void> {
  if (!loaded.sprite || !cell) return;
  try {
    const { sheet: image } = await loadSprite(loaded.sprite, cell);
    if (asked !== key) {
      image.close();
      return;
    }
    const shape = { width: image.width, height: image.height, cellWidth: cell.width, cellHeight: cell.height };
    pictures.value = { key, image, shape };
  } catch (error) {
    if (asked === key) picturesError.value = error instanceof Error ? error.message : String(error);
  }
}

/** Textures of at most `largest` pixels a side; null if the sheet cannot be cut into them. */
export async function cut({ image, shape }: Pictures, rows: ArrayLike<number>, largest: number): Promise<Sheet | null> {
  const plan = planSheet(shape, rows, largest);
  if (!plan) return null;
  const parts = await Promise.all(
    plan.tiles.map(({ left, top, width, height }) => createImageBitmap(image, left, top, width, height)),
  );
  return { shape, plan, pictures: parts };
}
