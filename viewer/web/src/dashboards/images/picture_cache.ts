/** Encoded pictures of one run and tag, held as blob addresses: those of the step on the screen and of its neighbours. */

import { type EncodedImage, getImage } from "../../api/client";

type Load = (run: string, tag: string, index: number, item: number, signal: AbortSignal) => Promise<EncodedImage>;

/** The pictures of one step. */
export interface Pictures {
  /** Where the browser finds each. */
  urls: readonly string[];
  /** The content type of each. */
  types: readonly string[];
  /** How many were logged; more than are shown if there are very many. */
  count: number;
}

/** Steps. */
const MOST_HELD = 12;
/** Of one run and tag; the step that is shown may have more. */
const MOST_BYTES = 48e6;
/** Pictures of a step. */
export const MOST_SHOWN = 64;
const NEIGHBOURS = [1, -1, 2, -2, 3];

interface Held extends Pictures {
  bytes: number;
}

export class PictureCache {
  private readonly held = new Map<string, Held>();
  private readonly asked = new Map<string, Promise<Pictures>>();
  private readonly abort = new AbortController();
  /** What was asked for last to be shown: it is kept, however large it is. */
  private current = "";

  constructor(
    private readonly run: string,
    private readonly tag: string,
    private readonly load: Load = getImage,
  ) {}

  /** The pictures at `index`; `stamp` tells them from others that take their place later. */
  get(index: number, stamp: string): Promise<Pictures> {
    this.current = `${index} ${stamp}`;
    return this.want(this.current, index);
  }

  private want(key: string, index: number): Promise<Pictures> {
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
      if (at >= 0 && at < count) this.want(`${at} ${stampOf(at)}`, at).catch(() => undefined);
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
      const pictures: Held = {
        urls: blobs.map((blob) => URL.createObjectURL(blob)),
        types: blobs.map(({ type }) => type),
        bytes: blobs.reduce((sum, { size }) => sum + size, 0),
        count,
      };
      if (this.abort.signal.aborted) revoke(pictures);
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
    let bytes = 0;
    for (const pictures of this.held.values()) bytes += pictures.bytes;
    for (const [key, pictures] of this.held) {
      if (this.held.size <= MOST_HELD && bytes <= MOST_BYTES) return;
      if (key === this.current) continue;
      revoke(pictures);
      bytes -= pictures.bytes;
      this.held.delete(key);
    }
  }
}

function revoke(pictures: Pictures): void {
  for (const url of pictures.urls) URL.revokeObjectURL(url);
}
