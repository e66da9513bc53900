import { describe, expect, it } from "vitest";
import { peaksOf, readWav } from "../src/dashboards/audio/wav";

/** A WAV file of one format. */
function wav(code: number, channels: number, bits: number, data: Uint8Array, claim = data.length): ArrayBuffer {
  const bytes = new Uint8Array(44 + data.length);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  put(0, "RIFF");
  put(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, code, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 8000, true);
  view.setUint16(34, bits, true);
  put(36, "data");
  view.setUint32(40, claim, true);
  bytes.set(data, 44);
  return bytes.buffer;
}

const samples = (buffer: ArrayBuffer): number[] => {
  const found = readWav(buffer);
  return found ? Array.from({ length: found.frames * found.channels }, (_, at) => found.sample(at)) : [];
};

describe("readWav", () => {
  it("reads integers and floats of every width", () => {
    expect(samples(wav(1, 1, 8, new Uint8Array([0, 128, 192])))).toEqual([-1, 0, 0.5]);
    expect(samples(wav(1, 1, 16, new Uint8Array([0, 128, 0, 64])))).toEqual([-1, 0.5]);
    expect(samples(wav(1, 1, 24, new Uint8Array([0, 0, 128, 0, 0, 64, 255, 255, 255])))).toEqual([
      -1,
      0.5,
      -1 / 2 ** 23,
    ]);
    expect(samples(wav(1, 1, 32, new Uint8Array([0, 0, 0, 128])))).toEqual([-1]);
    expect(samples(wav(3, 2, 32, new Uint8Array(new Float32Array([0.25, -2]).buffer)))).toEqual([0.25, -2]);
  });

  it("believes the bytes, not what the header claims of them", () => {
    expect(samples(wav(1, 1, 16, new Uint8Array([0, 64, 0, 64]), 0xffffffff))).toEqual([0.5, 0.5]);
  });

  it("takes nothing else for a sound", () => {
    expect(readWav(new ArrayBuffer(0))).toBeNull();
    expect(readWav(new ArrayBuffer(100))).toBeNull();
    expect(readWav(wav(2, 1, 4, new Uint8Array(8)))).toBeNull();
    expect(readWav(wav(1, 0, 16, new Uint8Array(8)))).toBeNull();
    expect(readWav(wav(1, 1, 16, new Uint8Array(8)).slice(0, 36))).toBeNull();
    expect(readWav(wav(1, 1, 16, new Uint8Array(8)).slice(0, 30))).toBeNull();
  });
});

describe("peaksOf", () => {
  it("has the least and the greatest sample of every part, of all channels, clipped", () => {
    const values = [0, 0.5, -0.5, 0, 0.25, 0, 0, -3];
    const { low, high } = peaksOf({ channels: 2, frames: 4, sample: (at) => values[at] ?? 0 }, 2);
    expect([...low]).toEqual([-0.5, -1]);
    expect([...high]).toEqual([0.5, 0.25]);
  });

  it("looks at a bounded number of samples, however long the sound is", () => {
    let looked = 0;
    const sample = () => {
      looked += 1;
      return 0;
    };
    peaksOf({ channels: 1, frames: 1e9, sample }, 480);
    expect(looked).toBeLessThan(4_100_000);
    expect([...peaksOf({ channels: 1, frames: 0, sample }, 3).high]).toEqual([0, 0, 0]);
  });
});
