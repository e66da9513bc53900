/** A graph that is open, as the page has it: asks the worker, and the viewer for what the worker has not. */

import type { GraphAttributes } from "../api/graphs";
import { Matcher } from "../regex/matcher";
import { GraphWorker } from "./graph_worker";
import type { GraphModel, NodeFacts, Overview, Scene, SearchAnswer, View } from "./scene";

/** How long a layout may take. */
export const LIMIT_MS = 20_000;
export const TOO_LONG = "Laying this out takes too long; open less of it at once";

type Attributes = readonly { name: string; value: string }[];

/** Gives the attributes of a node. */
export type AttributeSource = (node: number) => Promise<Attributes>;

/** One for all graphs: each that is made keeps a worker. */
const matcher = new Matcher();

const overtaken = (): DOMException => new DOMException("A later layout was asked for", "AbortError");

export class OpenGraph implements GraphModel {
  private next: { view: View; resolve(scene: Scene): void; reject(reason: unknown): void } | undefined;
  private current: { reject(reason: unknown): void } | undefined;
  private names: Promise<readonly string[]> | undefined;
  private isClosed = false;

  private constructor(
    readonly overview: Overview,
    private readonly content: ArrayBuffer,
    private readonly attributes: AttributeSource,
    private readonly worker: GraphWorker,
    private readonly limitMs: number,
  ) {}

  static async open(
    content: ArrayBuffer,
    attributes: AttributeSource,
    worker = new GraphWorker(),
    limitMs = LIMIT_MS,
  ): Promise<OpenGraph> {
    const stop = setTimeout(() => worker.end(new Error("This graph takes too long to be read")), limitMs);
    try {
      const overview = await worker.call("open", content);
      return new OpenGraph(overview, content, attributes, worker, limitMs);
    } catch (error) {
      worker.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      clearTimeout(stop);
    }
  }

  /** One at a time: a view that was overtaken before its turn is never laid out. */
  layout(view: View): Promise<Scene> {
    return new Promise((resolve, reject) => {
      this.next?.reject(overtaken());
      this.current?.reject(overtaken());
      this.next = { view, resolve, reject };
      if (!this.current) void this.run();
    });
  }

  private async run(): Promise<void> {
    for (let job = this.next; job; job = this.next) {
      this.next = undefined;
      this.current = job;
      const stop = setTimeout(() => this.startAnew(), this.limitMs);
      try {
        job.resolve(await this.worker.call("layout", job.view));
      } catch (error) {
        job.reject(error);
      } finally {
        clearTimeout(stop);
        this.current = undefined;
      }
    }
  }

  private startAnew(): void {
    this.worker.end(new Error(TOO_LONG));
    if (!this.isClosed) void this.worker.call("open", this.content).catch(() => undefined);
  }

  reveal(path: string): Promise<readonly string[]> {
    return this.worker.call("reveal", path);
  }

  async search(pattern: string, isRegex: boolean, limit: number): Promise<SearchAnswer> {
    if (!pattern.trim()) return { paths: [], total: 0, error: null };
    if (!isRegex) return { ...(await this.worker.call("search", { text: pattern, limit })), error: null };
    const names = await this.allPaths();
    const found = await matcher.match(pattern, names);
    if (!found) throw new DOMException("A later search was asked for", "AbortError");
    if ("error" in found) return { paths: [], total: 0, error: found.error };
    const paths = names.filter((_, at) => found.matched[at]);
    return { paths: paths.slice(0, limit), total: paths.length, error: null };
  }

  private async allPaths(): Promise<readonly string[]> {
    this.names ??= this.worker.call("paths", null);
    try {
      return await this.names;
    } catch (error) {
      // The worker was ended under it; the next one can say them.
      this.names = undefined;
      throw error;
    }
  }

  async trace(path: string, direction: "inputs" | "outputs"): Promise<ReadonlySet<string>> {
    return new Set(await this.worker.call("trace", { path, direction }));
  }

  async facts(path: string): Promise<NodeFacts> {
    const { node, ...facts } = await this.worker.call("facts", path);
    return node < 0 ? facts : { ...facts, attributes: await this.attributes(node) };
  }

  expandAll(under: string): Promise<{ expanded: readonly string[]; reason: string | null }> {
    return this.worker.call("expandAll", under);
  }

  close(): void {
    this.isClosed = true;
    this.next?.reject(overtaken());
    this.next = undefined;
    this.worker.end(new DOMException("The graph was closed", "AbortError"));
  }
}

/** The attributes of one node out of an answer that holds it. */
export function attributesIn(answer: GraphAttributes, node: number): Attributes {
  const told = answer.nodes[node - answer.first] ?? [];
  const found: { name: string; value: string }[] = [];
  for (let at = 0; at < told.length; at += 2)
    found.push({ name: answer.names[told[at] ?? -1] ?? "", value: answer.values[told[at + 1] ?? -1] ?? "" });
  return found;
}
