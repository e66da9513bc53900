/** Patterns run in a worker with a time limit: `(a+)+$` on an unlucky name must not freeze the page. */

import { ANY_CASE, explainPattern, isPlain, type MatchAnswer, type MatchRequest, matchPlain, READY } from "./match";

export type MatchResult = { matched: Uint8Array } | { error: string };
export type KeysResult = { keys: readonly (string | null)[] } | { error: string };

/** What of `Worker` is used. */
export interface MatchWorker {
  postMessage(request: MatchRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<MatchAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const LIMIT_MS = 500;
/** How long loading the worker may take; a busy machine takes a while, and that is no fault of the pattern. */
const START_MS = 10_000;
export const TOO_SLOW = "This pattern takes too long on these names; try a simpler one";
const NO_WORKER = "Patterns cannot run in this frame; plain text works";

export function startWorker(): MatchWorker {
  return new Worker(new URL("./match.worker.ts", import.meta.url), { type: "module" }) as unknown as MatchWorker;
}

export class Matcher {
  private worker: MatchWorker | undefined;
  private cancel: (() => void) | undefined;
  private lastId = 0;
  private isReady = false;

  constructor(
    private readonly start: () => MatchWorker = startWorker,
    private readonly limitMs: number = LIMIT_MS,
  ) {}

  /** Which of `names` match; null if a later call has overtaken this one. */
  async match(pattern: string, names: readonly string[], flags = ANY_CASE): Promise<MatchResult | null> {
    this.cancel?.();
    const error = explainPattern(pattern, flags);
    if (error !== null) return { error };
    if (flags === ANY_CASE && isPlain(pattern)) return { matched: matchPlain(pattern, names) };
    const result = await this.ask({ id: ++this.lastId, pattern, names, wants: "matched", flags });
    return result && "keys" in result ? null : result;
  }

  /** What the pattern finds in each name (see `findKeys`); null if a later call has overtaken this one. */
  async groups(pattern: string, names: readonly string[]): Promise<KeysResult | null> {
    this.cancel?.();
    const error = explainPattern(pattern);
    if (error !== null) return { error };
    const result = await this.ask({ id: ++this.lastId, pattern, names, wants: "keys" });
    return result && "matched" in result ? null : result;
  }

  private ask(request: MatchRequest): Promise<MatchResult | KeysResult | null> {
    return new Promise((resolve) => {
      const worker = this.running();
      if (!worker) return resolve({ error: NO_WORKER });
      let isOver = false;
      const end = (result: MatchResult | KeysResult | null, keep: boolean): void => {
        isOver = true;
        clearTimeout(timer);
        this.cancel = undefined;
        if (!keep) this.drop();
        resolve(result);
      };
      const limit = (): void => {
        if (isOver) return;
        clearTimeout(timer);
        timer = setTimeout(() => end({ error: TOO_SLOW }, false), this.limitMs);
      };
      let timer = setTimeout(() => end({ error: NO_WORKER }, false), START_MS);
      if (this.isReady) limit();
      this.cancel = () => end(null, false);
      worker.onmessage = (event) => {
        const { id, ...found } = event.data;
        if (id === READY.id) {
          this.isReady = true;
          limit();
        }
        if (id === request.id) end(found, true);
      };
      worker.onerror = () => end({ error: NO_WORKER }, false);
      worker.postMessage(request);
    });
  }

  private running(): MatchWorker | undefined {
    try {
      this.worker ??= this.start();
    } catch {
      return undefined;
    }
    return this.worker;
  }

  private drop(): void {
    this.isReady = false;
    this.worker?.terminate();
    this.worker = undefined;
  }
}
