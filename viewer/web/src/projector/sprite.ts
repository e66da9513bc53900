/** The sheet of the points' pictures: a small one for each row of the file, from left to right, line by line. */

import { get } from "../api/client";

export interface Sprite {
  sheet: ImageBitmap;
  /** Pictures side by side. */
  across: number;
  /** How many there is room for. */
  room: number;
}

/** `size` is that of one picture; rejects with the reason in words if there is no such sheet. */
export async function loadSprite(
  address: string,
  size: { width: number; height: number },
  signal?: AbortSignal,
): Promise<Sprite> {
  const blob = await (await get(address, signal)).blob();
  let sheet: ImageBitmap;
  try {
    sheet = await createImageBitmap(blob);
  } catch {
    throw new Error("The pictures of the points are damaged");
  }
  const across = Math.floor(sheet.width / size.width);
  const room = across * Math.floor(sheet.height / size.height);
  if (!room) throw new Error(`The pictures of the points are smaller than ${size.width} × ${size.height}`);
  return { sheet, across, room };
}
