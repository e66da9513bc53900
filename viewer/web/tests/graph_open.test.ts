import { describe, expect, it } from "vitest";
import { type AnyWorker, GraphWorker } from "../src/graphs/graph_worker";
import type { GraphAnswer, GraphRequest } from "../src/graphs/messages";
import { attributesIn, OpenGraph, TOO_LONG } from "../src/graphs/model";
import type { Overview, Scene, View } from "../src/graphs/scene";
import { view } from "./graph_model";

/** Answers when it is told to. */
class HeldWorker implements AnyWorker {
  onmessage: ((event: MessageEvent<GraphAnswer>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly asked: GraphRequest[] = [];
  isEnded = false;

  postMessage(message: unknown): void {
    this.asked.push(message as GraphRequest);
    const { id, call } = message as GraphRequest;
    if (call === "open") this.say({ id, answer: { form: "graph_def" } });
  }

  terminate(): void {
    this.isEnded = true;
  }

  /** Answer what was asked last. */
  answer(answer: unknown): void {
    this.say({ id: this.asked.at(-1)?.id ?? 0, answer });
  }

  fail(error: string): void {
    this.say({ id: this.asked.at(-1)?.id ?? 0, error });
  }

  private say(data: GraphAnswer): void {
    queueMicrotask(() => this.onmessage?.({ data } as MessageEvent<GraphAnswer>));
  }
}

async function opened(limitMs = 60_000): Promise<{ graph: OpenGraph; workers: HeldWorker[]; last(): HeldWorker }> {
  const workers: HeldWorker[] = [];
  const start = (): HeldWorker => {
    const worker = new HeldWorker();
    workers.push(worker);
    return worker;
  };
  const attributes = async (node: number): Promise<{ name: string; value: string }[]> => [
    { name: "node", value: String(node) },
  ];
  const graph = await OpenGraph.open(new ArrayBuffer(8), attributes, new GraphWorker(start), limitMs);
  return { graph, workers, last: () => workers.at(-1) as HeldWorker };
}

const scene = (width: number): Scene => ({ boxes: [], edges: [], width, height: 0, layoutMs: 0, notes: [] });
const views = (worker: HeldWorker): string[] =>
  worker.asked.flatMap(({ call, ask }) => (call === "layout" ? [(ask as View).expanded.join()] : []));

describe("an open graph", () => {
  it("has what the worker says of it", async () => {
    const { graph } = await opened();
    expect(graph.overview).toEqual({ form: "graph_def" } as Overview);
  });

  it("lays out one view after another, and none that was overtaken", async () => {
    const { graph, last } = await opened();
    const outcome = (path: string): Promise<unknown> =>
      graph.layout(view([path])).then(
        (found) => found.width,
        (error: Error) => error.name,
      );
    const [first, second, third] = [outcome("a"), outcome("b"), outcome("c")];
    expect(await first).toBe("AbortError");
    expect(await second).toBe("AbortError");
    expect(views(last())).toEqual(["a"]);
    last().answer(scene(1));
    await expect.poll(() => views(last())).toEqual(["a", "c"]);
    last().answer(scene(3));
    expect(await third).toBe(3);
  });

  it("ends a layout that takes too long, and goes on", async () => {
    const { graph, workers, last } = await opened(30);
    await expect(graph.layout(view(["a"]))).rejects.toThrow(TOO_LONG);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    const next = graph.layout(view(["b"]));
    await expect.poll(() => views(last())).toEqual(["b"]);
    last().answer(scene(2));
    expect((await next).width).toBe(2);
  });

  it("passes on why something failed", async () => {
    const { graph, last } = await opened();
    const facts = graph.facts("x");
    last().fail("This graph has no x");
    await expect(facts).rejects.toThrow("This graph has no x");
  });

  it("asks for attributes of operations only", async () => {
    const { graph, last } = await opened();
    const ofOp = graph.facts("a");
    last().answer({ node: 7, path: "a", attributes: [] });
    expect((await ofOp).attributes).toEqual([{ name: "node", value: "7" }]);
    const ofScope = graph.facts("s");
    last().answer({ node: -1, path: "s", attributes: [{ name: "k", value: "v" }] });
    expect(await ofScope).toEqual({ path: "s", attributes: [{ name: "k", value: "v" }] });
  });

  it("searches words in the worker, and a pattern with a time limit elsewhere", async () => {
    const { graph, last } = await opened();
    expect(await graph.search("  ", false, 5)).toEqual({ paths: [], total: 0, error: null });
    const words = graph.search("a b", false, 5);
    last().answer({ paths: ["a/b"], total: 1 });
    expect(await words).toEqual({ paths: ["a/b"], total: 1, error: null });
    const wrong = graph.search("(", true, 5);
    last().answer(["a/b"]);
    expect((await wrong).error).toContain("Not a regular expression");
    expect(await graph.search("A", true, 5)).toEqual({ paths: ["a/b"], total: 1, error: null });
  });

  it("can be searched by a pattern after the worker was ended", async () => {
    const { graph, last } = await opened(30);
    const layout = graph.layout(view(["a"]));
    const search = graph.search("(", true, 5);
    await Promise.all([expect(layout).rejects.toThrow(TOO_LONG), expect(search).rejects.toThrow(TOO_LONG)]);
    const again = graph.search("a", true, 5);
    last().answer(["a/b"]);
    expect((await again).paths).toEqual(["a/b"]);
  });

  it("lets go of the worker when it is closed", async () => {
    const { graph, last } = await opened();
    const asked = graph.layout(view());
    graph.close();
    await expect(asked).rejects.toThrow("closed");
    expect(last().isEnded).toBe(true);
  });

  it("says that it cannot be read where no worker starts", async () => {
    const none = new GraphWorker(() => {
      throw new Error("refused");
    });
    await expect(OpenGraph.open(new ArrayBuffer(1), async () => [], none)).rejects.toThrow("starts no worker");
  });
});

it("attributes are found in the block that holds a node", () => {
  const block = { first: 100, names: ["a", "b"], values: ["x", "y"], nodes: [[], [0, 1, 1, 0]] };
  expect(attributesIn(block, 101)).toEqual([
    { name: "a", value: "y" },
    { name: "b", value: "x" },
  ]);
  expect(attributesIn(block, 100)).toEqual([]);
  expect(attributesIn(block, 7)).toEqual([]);
});
