import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, isPassing } from "../src/api/client";
import { Latest } from "../src/ui/latest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("Latest", () => {
  it("tries again what has failed, until it is done", async () => {
    const tried: string[] = [];
    const latest: Latest<string> = new Latest(async (job) => {
      tried.push(job);
      if (tried.length < 3) latest.retry(job);
    });
    latest.ask("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tried).toEqual(["a", "a", "a"]);
  });

  it("forgets what has failed when something else is asked for, or it is stopped", async () => {
    const tried: string[] = [];
    const latest: Latest<string> = new Latest(async (job) => {
      tried.push(job);
      if (job !== "c") latest.retry(job);
    });
    latest.ask("a");
    latest.ask("b");
    await vi.advanceTimersByTimeAsync(100);
    latest.ask("c");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tried).toEqual(["a", "b", "c"]);
    latest.ask("d");
    latest.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tried).toEqual(["a", "b", "c", "d"]);
  });
});

describe("isPassing", () => {
  it("tells what may be gone a moment later", () => {
    expect([500, 502, 429, 404, 400].map((status) => isPassing(new ApiError("", status, "")))).toEqual([
      ...[true, true, true, false, false],
    ]);
    expect(isPassing(new TypeError("Failed to fetch"))).toBe(true);
    expect(isPassing(new DOMException("", "AbortError"))).toBe(false);
  });
});
