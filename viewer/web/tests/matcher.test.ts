import { signal } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFilter } from "../src/regex/filter";
import { explainPattern, isPlain, type MatchAnswer, type MatchRequest, matchPattern, READY } from "../src/regex/match";
import { Matcher, type MatchWorker, TOO_SLOW } from "../src/regex/matcher";

const NAMES = ["lr=0.1/adam", "lr=0.01/sgd", "Base"];

class FakeWorker implements MatchWorker {
  onmessage: ((event: MessageEvent<MatchAnswer>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  terminated = false;

  constructor(private readonly answers = true) {
    queueMicrotask(() => this.onmessage?.(new MessageEvent("message", { data: READY })));
  }

  postMessage({ id, pattern, names }: MatchRequest): void {
    if (!this.answers) return;
    const data = { id, matched: matchPattern(pattern, names) };
    queueMicrotask(() => this.onmessage?.(new MessageEvent("message", { data })));
  }

  terminate(): void {
    this.terminated = true;
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

afterEach(() => vi.useRealTimers());

describe("Matcher", () => {
  it("finds plain text without a worker, ignoring case", async () => {
    const matcher = new Matcher(() => {
      throw new Error("no worker is needed");
    });
    expect(await matcher.match("base", NAMES)).toEqual({ matched: Uint8Array.of(0, 0, 1) });
  });

  it("runs a pattern in the worker", async () => {
    const matcher = new Matcher(() => new FakeWorker());
    expect(await matcher.match("^lr=.*(adam|sgd)$", NAMES)).toEqual({ matched: Uint8Array.of(1, 1, 0) });
  });

  it("explains a pattern that is none", async () => {
    const matcher = new Matcher(() => new FakeWorker());
    const result = await matcher.match("(unclosed", NAMES);
    expect(result).toEqual({ error: expect.stringMatching(/^Not a regular expression: unterminated group/) });
    expect(explainPattern("a+")).toBeNull();
  });

  it("stops a pattern that does not end, and works on with a new worker", async () => {
    const workers: FakeWorker[] = [];
    const matcher = new Matcher(() => {
      workers.push(new FakeWorker(workers.length > 0));
      return workers.at(-1) as FakeWorker;
    }, 20);
    expect(await matcher.match("(a+)+$", NAMES)).toEqual({ error: TOO_SLOW });
    expect(workers[0]?.terminated).toBe(true);
    expect(await matcher.match("s.d", NAMES)).toEqual({ matched: Uint8Array.of(0, 1, 0) });
  });

  it("does not count the time that the worker takes to begin", async () => {
    const slow: MatchWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: () => undefined,
    };
    const matcher = new Matcher(() => slow, 20);
    const result = matcher.match("s.d", NAMES);
    const begin = () => slow.onmessage?.(new MessageEvent("message", { data: READY }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    begin();
    slow.onmessage?.(new MessageEvent("message", { data: { id: 1, matched: Uint8Array.of(0, 1, 0) } }));
    expect(await result).toEqual({ matched: Uint8Array.of(0, 1, 0) });
  });

  it("gives up a match that a later one overtakes", async () => {
    const matcher = new Matcher(() => new FakeWorker(false), 1000);
    const first = matcher.match("a.*", NAMES);
    const second = matcher.match("sgd", NAMES);
    expect(await first).toBeNull();
    expect(await second).toEqual({ matched: Uint8Array.of(0, 1, 0) });
  });

  it("says so where no worker can be started", async () => {
    const matcher = new Matcher(() => {
      throw new Error("refused by policy");
    });
    expect(await matcher.match("a|b", NAMES)).toEqual({ error: expect.stringContaining("plain text works") });
  });

  it("knows plain text from patterns", () => {
    expect(["lr=0/x_y-z", "a.b", "x$", "(", "a|b"].map(isPlain)).toEqual([true, false, false, false, false]);
  });
});

describe("createFilter", () => {
  it("keeps the last good result while a pattern is wrong", async () => {
    const text = signal("sgd");
    const filter = createFilter(text, signal(NAMES), new Matcher(() => new FakeWorker()));
    await settle();
    expect([...(filter.matched.value ?? [])]).toEqual(["lr=0.01/sgd"]);
    text.value = "sgd(";
    await settle();
    expect(filter.error.value).toContain("Not a regular expression");
    expect([...(filter.matched.value ?? [])]).toEqual(["lr=0.01/sgd"]);
    text.value = "";
    expect([filter.matched.value, filter.error.value]).toEqual([null, null]);
  });

  it("matches names that appear later", async () => {
    const names = signal<string[]>(["a"]);
    const filter = createFilter(signal("b"), names, new Matcher());
    await settle();
    names.value = ["a", "b1"];
    await settle();
    expect([...(filter.matched.value ?? [])]).toEqual(["b1"]);
  });
});
