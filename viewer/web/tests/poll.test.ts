import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff, PERIOD_MS, Poller } from "../src/api/poll";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(answer: () => Promise<number>) {
  const seen: number[] = [];
  const failed: number[] = [];
  const page = { hidden: false };
  const poller = new Poller<number>({
    ask: answer,
    onAnswer: (value) => void seen.push(value),
    onFailure: (_error, failures) => failed.push(failures),
    isHidden: () => page.hidden,
  });
  return { poller, seen, failed, page };
}

describe("Poller", () => {
  it("asks every second", async () => {
    let count = 0;
    const { poller, seen } = setUp(async () => ++count);
    void poller.poke();
    await vi.advanceTimersByTimeAsync(PERIOD_MS * 2 + 10);
    expect(seen).toEqual([1, 2, 3]);
    poller.stop();
  });

  it("rests while the page is hidden and asks at once when it is shown", async () => {
    let count = 0;
    const { poller, page } = setUp(async () => ++count);
    page.hidden = true;
    await poller.poke();
    await vi.advanceTimersByTimeAsync(PERIOD_MS * 30);
    expect(count).toBe(1);
    page.hidden = false;
    await poller.poke();
    expect(count).toBe(2);
    poller.stop();
  });

  it("waits longer after each failure, and goes on as before when there is an answer", async () => {
    let fails = true;
    const { poller, seen, failed } = setUp(async () => {
      if (fails) throw new TypeError("no answer");
      return 7;
    });
    void poller.poke();
    await vi.advanceTimersByTimeAsync(3500);
    expect(failed).toEqual([1, 2, 3]);
    fails = false;
    await vi.advanceTimersByTimeAsync(backoff(3) + PERIOD_MS);
    expect(seen.slice(0, 2)).toEqual([7, 7]);
    expect([backoff(1), backoff(9)]).toEqual([PERIOD_MS, 10_000]);
    poller.stop();
  });
});
