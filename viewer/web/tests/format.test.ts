import { describe, expect, it } from "vitest";
import { clockTicks, durationStep, linearTicks, logTicks } from "../src/draw/ticks";
import { formatCount, formatTicks, formatValue } from "../src/format/numbers";
import { formatClockTick, formatDuration, formatDurationTick, formatWallTime, formatWhen } from "../src/format/time";

describe("values", () => {
  it.each([
    [0, "0"],
    [0.1 + 0.2, "0.3"],
    [-1234.5678, "−1234.6"],
    [123456, "123456"],
    [1.5e-7, "1.5e−7"],
    [-2e9, "−2e9"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("%d is %s", (value, text) => expect(formatValue(value)).toBe(text));

  it("counts have thin spaces", () => expect(formatCount(-1234567)).toBe("−1\u2009234\u2009567"));
});

describe("ticks", () => {
  it("have as many decimals as they need", () => {
    expect(formatTicks([0, 0.25, 0.5])).toEqual(["0.00", "0.25", "0.50"]);
    expect(formatTicks([0, 200, 400])).toEqual(["0", "200", "400"]);
    expect(formatTicks([1e6, 1.5e6])).toEqual(["1e6", "1.5e6"]);
  });

  it("are round and stay inside", () => {
    expect(linearTicks(0.03, 0.97, 5)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(linearTicks(0, 3, 6, true)).toEqual([0, 1, 2, 3]);
    expect(linearTicks(5, 5, 5)).toHaveLength(1);
  });

  it("of a logarithmic axis are powers of ten, or linear within a decade", () => {
    expect(logTicks(1e-3, 10, 5)).toEqual([1e-3, 1e-2, 0.1, 1, 10]);
    expect(logTicks(2, 5, 4)).toEqual([2, 3, 4, 5]);
    expect(logTicks(-1, 5, 4)).toEqual([]);
  });

  it("of the clock stand on round local times", () => {
    const at = (hours: number, minutes: number) => new Date(2026, 4, 3, hours, minutes).getTime() / 1000;
    expect(clockTicks(at(21, 50), at(27, 10), 3)).toEqual([at(22, 0), at(24, 0), at(26, 0)]);
    expect([at(22, 0), at(24, 0)].map((tick) => formatClockTick(tick, 7200))).toEqual(["22:00", "4 May"]);
    expect(formatClockTick(at(9, 5) + 7, 5)).toBe("09:05:07");
  });

  it("of time stand on whole minutes and hours", () => {
    expect([durationStep(0.3), durationStep(40), durationStep(4000), durationStep(90000)]).toEqual([
      0.5, 60, 7200, 172800,
    ]);
    expect(formatDurationTick(90, 30)).toBe("1:30");
    expect(formatDurationTick(7200, 3600)).toBe("2h");
    expect(formatDurationTick(0.5, 0.25)).toBe("0.5s");
  });
});

describe("times", () => {
  const now = new Date(2026, 4, 3, 12, 0, 0);
  it("leave out today's date", () => {
    expect(formatWallTime(new Date(2026, 4, 3, 9, 5, 7).getTime() / 1000, now)).toBe("09:05:07");
    expect(formatWallTime(new Date(2025, 11, 24, 9, 5, 7).getTime() / 1000, now)).toBe("2025-12-24 09:05:07");
    expect(formatWhen(new Date(2026, 3, 30, 9, 5, 7).getTime() / 1000, now)).toBe("30 Apr 09:05");
    expect(formatWallTime(Number.NaN, now)).toBe("–");
  });

  it.each([
    [0.0123, "12.3 ms"],
    [42.04, "42 s"],
    [187, "3m 07s"],
    [7500, "2h 05m"],
    [356400, "4d 03h"],
  ])("%d seconds are %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});
