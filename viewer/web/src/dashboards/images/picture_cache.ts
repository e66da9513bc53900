/** Encoded pictures of one run and tag, held as blob addresses: the one on the screen and its neighbours. */

import { getImage } from "../../api/client";

type Load = (run: string, tag: string, index: number, signal: AbortSignal) => Promise<Blob>;

const MOST_HELD = 12;
const NEIGHBOURS = [1, -1, 2, -2];

export class PictureCache {
  private readonly held = new Map<string, string>();
  private readonly asked = new Map<string, Promise<string>>();
  private readonly abort = new AbortController();

  constructor(
    private readonly run: string,
    private readonly tag: string,
    private readonly load: Load = getImage,
  ) {}

  /** The address of the picture at `index`; `stamp` tells it from another that takes its place later. */
  get(index: number, stamp: string): Promise<string> {
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
    for (const url of this.held.values()) URL.revokeObjectURL(url);
    this.held.clear();
  }

  private async ask(key: string, index: number): Promise<string> {
    try {
      const url = URL.createObjectURL(await this.load(this.run, this.tag, index, this.abort.signal));
      this.held.set(key, url);
      this.dropOldest();
      return url;
    } finally {
      this.asked.delete(key);
    }
  }

  private dropOldest(): void {
    for (const [key, url] of this.held) {
      if (this.held.size <= MOST_HELD) return;
      URL.revokeObjectURL(url);
      this.held.delete(key);
    }
  }
}
