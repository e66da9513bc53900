import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MetricColumns } from "../src/state/metric_columns";

const RUNS = ["a", "b"];
let values: Record<string, (number | string | null)[]>;
let asked: URLSearchParams[];

beforeEach(() => {
  values = { loss: [1, "NaN"], acc: [null, 2] };
  asked = [];
  vi.stubGlobal("fetch", async (url: string) => {
    const query = new URLSearchParams(url.split("?")[1]);
    asked.push(query);
    const tags = query.getAll("tag");
    const kind = query.has("step") ? "at" : (query.get("of") ?? "");
    const answer = {
      ...{ revision: 1, tags, runs: RUNS },
      values: { [kind]: tags.map((tag) => values[tag] ?? [null, null]) },
      steps: kind === "last" ? { last: tags.map(() => [5, 6]) } : {},
    };
    return new Response(JSON.stringify(answer));
  });
});

afterEach(() => vi.unstubAllGlobals());

const LOSS = { tag: "loss", kind: "last" } as const;

describe("columns of metrics", () => {
  it("are asked for once, together, and again for a newer revision", async () => {
    const store = new MetricColumns();
    store.want([LOSS, { tag: "acc", kind: "last" }], 1);
    await store.whenKnown([LOSS]);
    expect(asked.map((query) => [query.getAll("tag"), query.getAll("of")])).toEqual([[["loss", "acc"], ["last"]]]);
    expect([store.value("a", "loss", "last"), store.value("b", "loss", "last")]).toEqual([1, Number.NaN]);
    expect([store.value("a", "acc", "last"), store.value("none", "acc", "last")]).toEqual([null, null]);
    expect(store.step("b", "loss", "last")).toBe(6);
    store.want([LOSS], 1);
    await Promise.resolve();
    expect(asked).toHaveLength(1);
    store.want([LOSS], 2);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    store.close();
  });

  it("say that they have changed only if they have", async () => {
    const store = new MetricColumns();
    store.want([LOSS], 1);
    await store.whenKnown([LOSS]);
    const before = store.changed.value;
    store.want([LOSS], 2);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    values = { loss: [0.5, "NaN"] };
    store.want([LOSS], 3);
    await vi.waitFor(() => expect(store.value("a", "loss", "last")).toBe(0.5));
    await vi.waitFor(() => expect(store.changed.value).toBe(before + 1));
    store.close();
  });

  it("at another step are other columns", async () => {
    const store = new MetricColumns();
    const at = { tag: "loss", kind: "at" } as const;
    store.want([at], 1, 7);
    await store.whenKnown([at]);
    expect(asked[0]?.get("step")).toBe("7");
    store.want([at], 1, 8);
    expect(store.has("loss", "at")).toBe(false);
    await store.whenKnown([at]);
    expect(asked[1]?.get("step")).toBe("8");
    store.close();
  });

  it("wait for nothing where no step is given", async () => {
    const store = new MetricColumns();
    const at = { tag: "loss", kind: "at" } as const;
    store.want([at], 1, null);
    await store.whenKnown([at]);
    expect(asked).toEqual([]);
    store.close();
  });
});
