import { describe, expect, it } from "vitest";
import {
  amountAt,
  KINDS_OF_SMOOTHING,
  placeOf,
  SLIDER_STEPS,
  smoothingCodec,
  withinKind,
} from "../src/dashboards/scalars/smoothing";

describe("smoothing", () => {
  it("is written as a weight, or with its kind", () => {
    expect(smoothingCodec.write({ kind: "ema", amount: 0.6 })).toEqual(["0.6"]);
    expect(smoothingCodec.write({ kind: "median", amount: 25 })).toEqual(["median:25"]);
    for (const { kind, usual } of KINDS_OF_SMOOTHING) {
      expect(smoothingCodec.read(smoothingCodec.write({ kind, amount: usual }))).toEqual({ kind, amount: usual });
    }
  });

  it("is not read from nonsense, and kept within its kind", () => {
    for (const text of ["", "nope:3", "mean:", "mean:x", "ema:NaN"])
      expect(smoothingCodec.read([text])).toBeUndefined();
    expect(smoothingCodec.read(["7"])).toEqual({ kind: "ema", amount: 0.999 });
    expect(smoothingCodec.read(["mean:2.6"])).toEqual({ kind: "mean", amount: 3 });
    expect(withinKind("gaussian", -3)).toBe(0);
  });

  it("has a slider that comes back to where it was", () => {
    for (const { kind } of KINDS_OF_SMOOTHING) {
      expect(amountAt(kind, 0)).toBe(0);
      expect(placeOf(kind, 0)).toBe(0);
      let last = 0;
      for (let place = 1; place <= SLIDER_STEPS; place++) {
        const amount = amountAt(kind, place);
        expect(amount).toBeGreaterThanOrEqual(last);
        expect(Math.abs(amountAt(kind, placeOf(kind, amount)) - amount)).toBeLessThanOrEqual(amount * 0.15 + 1e-9);
        last = amount;
      }
    }
    expect(amountAt("ema", SLIDER_STEPS)).toBe(0.99);
    expect(placeOf("halflife", 1e9)).toBe(SLIDER_STEPS);
  });
});
