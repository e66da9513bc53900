import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whileSeen } from "../src/seen";

let seen: (isIntersecting: boolean) => void;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        seen = (isIntersecting) => callback([{ isIntersecting }]);
      }
      observe(): void {}
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("work is done while it can be seen, and no longer", () => {
  const work = vi.fn();
  whileSeen(document.body, work, 1000);
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(0);
  seen(true);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2500);
  expect(work).toHaveBeenCalledTimes(3);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  vi.advanceTimersByTime(5000);
  expect(work).toHaveBeenCalledTimes(3);
  seen(false);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(3);
});
