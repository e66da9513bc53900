import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { choiceCodec, numberCodec, setCodec, textCodec } from "../src/state/codecs";

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  sessionStorage.clear();
  history.replaceState(null, "", "/x/");
});

afterEach(() => vi.useRealTimers());

describe("the state in the address", () => {
  it("survives being written and read, whatever the names hold", async () => {
    const { formatHash, parseHash } = await import("../src/state/hash");
    const parts = new Map([
      ["tab", ["images"]],
      ["runs", ["a&b=c#d %/ü"]],
      ["select", ["only", "x/1", "", "<img>"]],
    ]);
    expect(parseHash(formatHash(parts))).toEqual(parts);
  });

  it("reads a signal's value at the start and leaves defaults out", async () => {
    history.replaceState(null, "", "/x/#images&smoothing=0.6");
    const { currentHash, hashSignal } = await import("../src/state/hash");
    const smoothing = hashSignal("smoothing", 0, numberCodec(0, 0.999));
    const tab = hashSignal("tab", "scalars", choiceCodec(["scalars", "images"]));
    expect([smoothing.value, tab.value]).toEqual([0.6, "images"]);
    smoothing.value = 0;
    expect(currentHash()).toBe("#images");
    vi.advanceTimersByTime(1000);
    expect(location.hash).toBe("#images");
  });

  it("leaves the address to who goes back, or forward, just then", async () => {
    const { hashSignal, watchAddress } = await import("../src/state/hash");
    const tab = hashSignal("tab", "scalars", choiceCodec(["scalars", "images", "text"]));
    watchAddress();
    tab.value = "images";
    // The browser has gone, and tells so later.
    history.replaceState(null, "", "/x/#text");
    vi.advanceTimersByTime(1000);
    expect(location.hash).toBe("#text");
    dispatchEvent(new Event("hashchange"));
    expect(tab.value).toBe("text");
    tab.value = "images";
    vi.advanceTimersByTime(1000);
    expect(location.hash).toBe("#images");
  });

  it("keeps what belongs to parts of the page that were not opened", async () => {
    history.replaceState(null, "", "/x/#scalars&raw=1&tags=loss");
    const { currentHash, hashSignal } = await import("../src/state/hash");
    const tags = hashSignal("tags", "", textCodec);
    tags.value = "acc";
    expect(currentHash()).toBe("#scalars&raw=1&tags=acc");
  });

  it("takes defaults for values that make no sense", async () => {
    history.replaceState(null, "", "/x/#tab&smoothing=NaN&wide=%E0%A4%A");
    const { hashSignal } = await import("../src/state/hash");
    expect(hashSignal("smoothing", 0.2, numberCodec(0, 0.999)).value).toBe(0.2);
    expect([...hashSignal("wide", new Set<string>(), setCodec).value]).toEqual(["%E0%A4%A"]);
  });

  it("comes back from the session where the address is bare, as after a notebook's reload", async () => {
    sessionStorage.setItem(`cellboard:view:${location.pathname}`, "#texts&tags=note");
    const { hashSignal } = await import("../src/state/hash");
    expect(hashSignal("tags", "", textCodec).value).toBe("note");
  });

  it("follows an edited address", async () => {
    const { hashSignal, watchAddress } = await import("../src/state/hash");
    const tags = hashSignal("tags", "", textCodec);
    watchAddress();
    history.replaceState(null, "", "/x/#tags=val");
    dispatchEvent(new Event("hashchange"));
    expect(tags.value).toBe("val");
  });
});
