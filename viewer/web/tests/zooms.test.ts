import { beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  sessionStorage.clear();
  history.replaceState(null, "", "/x/");
});

describe("zooms in the address", () => {
  it("come back as they were, to less than a pixel", async () => {
    const { zoomCodec } = await import("../src/dashboards/scalars/zooms");
    const said = new Map([
      ["a:b,c/1", { x: [1_750_000_000.123, 1_750_000_004.9] as const, y: null }],
      ["tiny", { x: [0, 7] as const, y: [1.23456789e-30, 4e-29] as const }],
      ["below", { x: [-5, 1e300] as const, y: [-0.25, -0.125] as const }],
    ]) as unknown as Parameters<typeof zoomCodec.write>[0];
    const back = zoomCodec.read(zoomCodec.write(said)) ?? new Map();
    expect([...back.keys()]).toEqual([...said.keys()]);
    for (const [tag, { x, y }] of said) {
      for (const [old, now] of [[x, back.get(tag)?.x] as const, [y, back.get(tag)?.y] as const]) {
        expect(now === null).toBe(old === null);
        for (const i of [0, 1]) {
          const off = old && now ? Math.abs((now[i] ?? 0) - (old[i] ?? 0)) / (old[1] - old[0]) : 0;
          expect(off).toBeLessThan(1 / 5000);
        }
      }
    }
  });

  it("are short", async () => {
    const { zoomCodec } = await import("../src/dashboards/scalars/zooms");
    const x = [12.345678901234, 480.9876543210988] as [number, number];
    expect(zoomCodec.write(new Map([["train/loss", { x, y: null }]]))).toEqual(["12.3457,480.988:train/loss"]);
  });

  it("leave out what makes no sense", async () => {
    const { zoomCodec } = await import("../src/dashboards/scalars/zooms");
    const wrong = ["", "1,2", "2,1:a", "1,NaN:a", "1:a", "1,2,3:a", "1,2,4,3:a", "1,2,,:a", "0,Infinity:a", ":a"];
    expect([...(zoomCodec.read([...wrong, "1,2:ok"]) ?? [])]).toEqual([["ok", { x: [1, 2], y: null }]]);
  });

  it("end when another axis is chosen, but not those that an edited address brings along", async () => {
    history.replaceState(null, "", "/x/#scalars&zoom=1,2:a");
    const { zooms, setZoom } = await import("../src/dashboards/scalars/zooms");
    const { xAxis } = await import("../src/state/axis");
    const { currentHash, watchAddress } = await import("../src/state/hash");
    watchAddress();
    setZoom("b", { x: [3, 4], y: [0, 1] });
    expect(currentHash()).toBe("#scalars&zoom=1,2:a&zoom=3,4,0,1:b");
    xAxis.value = "relative";
    expect(zooms.value.size).toBe(0);
    history.replaceState(null, "", "/x/#scalars&x=wall&zoom=5,6:a");
    dispatchEvent(new Event("hashchange"));
    expect(zooms.value.get("a")?.x).toEqual([5, 6]);
  });
});
