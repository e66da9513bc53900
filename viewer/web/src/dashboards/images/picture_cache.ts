/** Encoded pictures of one run and tag, held as blob addresses: those of the step on the screen and of its neighbours. */

import { type EncodedImage, getImage } from "../../api/client";

type Load = (run: string, tag: string, index: number, item: number, signal: AbortSignal) => Promise<EncodedImage>;

/** The pictures of one step. */
export interface Pictures {
  /** Where the browser finds each. */
  urls: readonly string[];
  /** How many were logged; more than are shown if there are very many. */
  count: number;
}

/** Steps. */
const MOST_HELD = 12;
/** Pictures of a step. */
export const MOST_SHOWN = 64;
const NEIGHBOURS = [1, -1, 2, -2];

export class PictureCache {
  private readonly held = new Map<string, Pictures>();
  private readonly asked = new Map<string, Promise<Pictures>>();
  private readonly abort = new AbortController();

  constructor(
    private readonly run: string,
    private readonly tag: string,
    private readonly load: Load = getImage,
  ) {}

  /** The pictures at `index`; `stamp` tells them from others that take their place later. */
  get(index: number, stamp: string): Promise<Pictures> {
    const key = `${index} ${stamp}`;
    const have = this.held.get(key);
    if (have) {
      this.held.delete(key);
      this.held.set(key, have);
      return Promise.resolve(have);
    }
    const waiting = this.asked.get(key) ?? this.ask(key, index);
    this.asked.set(key, waiting);
    return waiting;
  }

  /** Read the steps beside `index`, so that moving the slider shows them at once. */
  prefetch(index: number, count: number, stampOf: (index: number) => string): void {
    for (const offset of NEIGHBOURS) {
      const at = index + offset;
      if (at >= 0 && at < count) this.get(at, stampOf(at)).catch(() => undefined);
    }
  }

  close(): void {
    this.abort.abort();
    for (const pictures of this.held.values()) revoke(pictures);
    this.held.clear();
  }

  private async ask(key: string, index: number): Promise<Pictures> {
    try {
      const { blobs, count } = await this.read(index);
      const pictures = { urls: blobs.map((blob) => URL.createObjectURL(blob)), count };
      this.held.set(key, pictures);
      this.dropOldest();
      return pictures;
    } finally {
      this.asked.delete(key);
    }
  }

  /** The first picture says how many there are. */
  private async read(index: number): Promise<{ blobs: Blob[]; count: number }> {
    const item = (at: number): Promise<EncodedImage> => this.load(this.run, this.tag, index, at, this.abort.signal);
    const first = await item(0);
    const others = Array.from({ length: Math.min(first.count, MOST_SHOWN) - 1 }, (_, at) => item(at + 1));
    const blobs = [first, ...(await Promise.all(others))].map(({ blob }) => blob);
    return { blobs, count: first.count };
  }

  private dropOldest(): void {
    for (const [key, pictures] of this.held) {
      if (this.held.size <= MOST_HELD) return;
      revoke(pictures);
      this.held.delete(key);
    }
  }
}

function revoke(pictures: Pictures): void {
  for (const url of pictures.urls) URL.revokeObjectURL(url);
}
