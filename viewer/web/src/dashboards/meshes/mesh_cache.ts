/** The meshes of one run and tag that were read last: a slider that is moved back, or played, finds them at once. */

import { getMeshes, type MeshStep } from "../../api/meshes";

export interface Wanted {
  index: number;
  /** Tells the step from another that takes its place later. */
  stamp: string;
  /** Null: all meshes of the step. */
  item: number | null;
  limit: number;
}

const MOST_HELD = 6;
const MOST_BYTES = 32e6;

export class MeshCache {
  private readonly held = new Map<string, MeshStep>();
  private readonly asked = new Map<string, Promise<MeshStep>>();
  private readonly abort = new AbortController();

  constructor(
    private readonly run: string,
    private readonly tag: string,
    private readonly load: typeof getMeshes = getMeshes,
  ) {}

  get(wanted: Wanted): Promise<MeshStep> {
    const { index, stamp, item, limit } = wanted;
    const key = `${index} ${stamp} ${item} ${limit}`;
    const have = this.held.get(key);
    if (have) {
      this.held.delete(key);
      this.held.set(key, have);
      return Promise.resolve(have);
    }
    const waiting = this.asked.get(key) ?? this.ask(key, wanted);
    this.asked.set(key, waiting);
    return waiting;
  }

  close(): void {
    this.abort.abort();
    this.held.clear();
  }

  private async ask(key: string, { index, item, limit }: Wanted): Promise<MeshStep> {
    try {
      const step = await this.load(this.run, this.tag, index, item, limit, this.abort.signal);
      this.held.set(key, step);
      this.dropOldest(key);
      return step;
    } finally {
      this.asked.delete(key);
    }
  }

  private dropOldest(latest: string): void {
    let bytes = 0;
    for (const step of this.held.values()) bytes += step.bytes;
    for (const [key, step] of this.held) {
      if (this.held.size <= MOST_HELD && bytes <= MOST_BYTES) return;
      if (key === latest) continue;
      bytes -= step.bytes;
      this.held.delete(key);
    }
  }
}
