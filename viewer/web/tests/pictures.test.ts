import { describe, expect, it } from "vitest";
import { mosaicOf } from "../src/dashboards/images/mosaic";
import { MOST_SHOWN, PictureCache } from "../src/dashboards/images/picture_cache";

describe("mosaicOf", () => {
  it("has a place for every picture and no empty row", () => {
    for (const aspect of [0.1, 0.8, 1, 2.5, 8])
      for (let count = 1; count <= MOST_SHOWN; count++) {
        const { columns, rows } = mosaicOf(count, aspect);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect(columns * (rows - 1)).toBeLessThan(count);
      }
  });

  it("is about as wide as high", () => {
    expect(mosaicOf(1, 2)).toEqual({ columns: 1, rows: 1 });
    expect(mosaicOf(4, 1)).toEqual({ columns: 2, rows: 2 });
    expect(mosaicOf(3, 1)).toEqual({ columns: 2, rows: 2 });
    expect(mosaicOf(2, 2.5)).toEqual({ columns: 1, rows: 2 });
    expect(mosaicOf(9, 1)).toEqual({ columns: 3, rows: 3 });
  });
});

describe("PictureCache", () => {
  const cacheOf = (count: number) => {
    const asked: number[] = [];
    const load = async (_run: string, _tag: string, _index: number, item: number) => {
      asked.push(item);
      return { blob: new Blob([String(item)]), count };
    };
    return { cache: new PictureCache("run", "tag", load), asked };
  };

  it("reads every picture of a step, once", async () => {
    const { cache, asked } = cacheOf(3);
    const { urls, count } = await cache.get(7, "stamp");
    expect(await cache.get(7, "stamp")).toMatchObject({ urls, count });
    expect([urls.length, count, asked]).toEqual([3, 3, [0, 1, 2]]);
  });

  it("holds few steps, and not many bytes, but always what is on the screen", async () => {
    const revoked = new Set<string>();
    const revoke = URL.revokeObjectURL;
    URL.revokeObjectURL = (url) => void revoked.add(url);
    try {
      const small = new PictureCache("run", "tag", async () => ({ blob: new Blob(["x"]), count: 1 }));
      const urls: string[] = [];
      for (let at = 0; at < 30; at++) urls.push(...(await small.get(at, "")).urls);
      expect([...revoked]).toEqual(urls.slice(0, 18));
      revoked.clear();
      const blob = new Blob([new Uint8Array(30e6)]);
      const large = new PictureCache("run", "tag", async () => ({ blob, count: 1 }));
      const { urls: shown } = await large.get(1, "1");
      large.prefetch(1, 4, String);
      await new Promise((done) => setTimeout(done));
      expect(revoked.size).toBe(3);
      expect(revoked).not.toContain(shown[0]);
    } finally {
      URL.revokeObjectURL = revoke;
    }
  });

  it("reads no more than a card can show", async () => {
    const { cache, asked } = cacheOf(1_000_000);
    const { urls, count } = await cache.get(0, "");
    expect([urls.length, count, asked.length]).toEqual([MOST_SHOWN, 1_000_000, MOST_SHOWN]);
  });
});
