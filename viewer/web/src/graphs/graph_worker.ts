/** The page's side of the worker: calls that are answered, or fail; ended and begun anew where one takes too long. */

import type { CallName, Calls, GraphAnswer } from "./messages";

/** What of `Worker` is used. */
export interface AnyWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<GraphAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export function startGraphWorker(): AnyWorker {
  return new Worker(new URL("./graph.worker.ts", import.meta.url), { type: "module" }) as unknown as AnyWorker;
}

const NO_WORKER = "Graphs cannot be laid out in this frame: the browser starts no worker in it";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export class GraphWorker {
  private worker: AnyWorker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly start: () => AnyWorker = startGraphWorker) {}

  call<K extends CallName>(call: K, ask: Calls[K]["ask"]): Promise<Calls[K]["answer"]> {
    return new Promise((resolve, reject) => {
      const worker = this.running();
      if (!worker) return reject(new Error(NO_WORKER));
      const id = ++this.lastId;
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({ id, call, ask });
    });
  }

  /** End the worker; whatever was asked and not answered fails with `reason`. */
  end(reason: Error): void {
    this.worker?.terminate();
    this.worker = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(reason);
  }

  private running(): AnyWorker | undefined {
    if (this.worker) return this.worker;
    try {
      this.worker = this.start();
    } catch {
      return undefined;
    }
    this.worker.onmessage = ({ data }) => {
      const found = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ("error" in data) found?.reject(new Error(data.error));
      else found?.resolve(data.answer);
    };
    this.worker.onerror = (event) => this.end(new Error(event.message || NO_WORKER));
    return this.worker;
  }
}
