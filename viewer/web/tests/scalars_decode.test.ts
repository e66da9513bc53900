import { describe, expect, it } from "vitest";
import { decodeScalars } from "../src/api/scalars";

function encode(header: unknown, ...columns: number[][]): ArrayBuffer {
  let text = JSON.stringify(header);
  let bytes = new TextEncoder().encode(text);
  while ((4 + bytes.length) % 8) {
    text += " ";
    bytes = new TextEncoder().encode(text);
  }
  const floats = columns.flat();
  const body = new ArrayBuffer(4 + bytes.length + floats.length * 8);
  new DataView(body).setUint32(0, bytes.length, true);
  new Uint8Array(body, 4, bytes.length).set(bytes);
  new Float64Array(body, 4 + bytes.length).set(floats);
  return body;
}

const head = (run: string, n: number, smoothed: boolean) => ({
  run,
  n,
  total: n,
  start: 10,
  smoothed,
  last: { step: 1, wall_time: 11, value: "NaN" },
});

describe("decodeScalars", () => {
  it("reads each run's columns in order", () => {
    const series = [head("a", 2, true), head("ü<b>", 1, false)];
    const body = encode(
      { tag: "t", revision: 3, series },
      [0, 1],
      [10, 11],
      [5, Number.NaN],
      [5, 5],
      [7],
      [12],
      [0.25],
    );
    const { tag, revision, curves } = decodeScalars(body);
    expect([tag, revision, curves.map((curve) => curve.run)]).toEqual(["t", 3, ["a", "ü<b>"]]);
    expect([...(curves[0]?.value ?? [])]).toEqual([5, Number.NaN]);
    expect([...(curves[0]?.smoothed ?? [])]).toEqual([5, 5]);
    expect(curves[0]?.last?.value).toBeNaN();
    expect([...(curves[1]?.wallTime ?? [])]).toEqual([12]);
    expect(curves[1]?.smoothed).toBeNull();
  });

  it("refuses an answer that is cut short", () => {
    const body = encode({ tag: "t", revision: 1, series: [head("a", 3, false)] }, [0, 1, 2], [0, 1]);
    expect(() => decodeScalars(body)).toThrow(RangeError);
  });

  it("reads an empty series", () => {
    const series = [{ run: "a", n: 0, total: 0, start: null, smoothed: false, last: null }];
    const [curve] = decodeScalars(encode({ tag: "t", revision: 1, series })).curves;
    expect(curve?.start).toBeNaN();
    expect([curve?.step.length, curve?.last]).toEqual([0, null]);
  });
});
