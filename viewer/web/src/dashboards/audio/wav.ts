/** The samples of a WAV file, as far as a waveform needs them. Twin of eventlog/wav.py. */

import type { Peaks } from "./peaks";

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

export interface Wav {
  channels: number;
  frames: number;
  /** One sample, channels taking turns, within [-1, 1] unless it was logged as floats beyond. */
  sample(at: number): number;
}

/** Null if the bytes are no WAV file, or one of something else than plain samples. */
export function readWav(buffer: ArrayBuffer): Wav | null {
  const view = new DataView(buffer);
  if (buffer.byteLength < 12 || text(view, 0) !== "RIFF" || text(view, 8) !== "WAVE") return null;
  let format: { code: number; channels: number; bits: number } | null = null;
  for (let at = 12; at + 8 <= buffer.byteLength; ) {
    const begin = at + 8;
    const end = Math.min(begin + view.getUint32(at + 4, true), buffer.byteLength);
    if (text(view, at) === "fmt " && end - begin >= 16) format = readFormat(view, begin, end);
    if (text(view, at) === "data") return format && samplesOf(view, format, begin, end);
    at = end + ((end - begin) % 2);
  }
  return null;
}

const text = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));

function readFormat(view: DataView, begin: number, end: number): { code: number; channels: number; bits: number } {
  let code = view.getUint16(begin, true);
  if (code === EXTENSIBLE && end - begin >= 26) code = view.getUint16(begin + 24, true);
  return { code, channels: view.getUint16(begin + 2, true), bits: view.getUint16(begin + 14, true) };
}

function samplesOf(
  view: DataView,
  { code, channels, bits }: { code: number; channels: number; bits: number },
  begin: number,
  end: number,
): Wav | null {
  const read = readerOf(view, code, bits);
  if (!read || !channels) return null;
  const bytes = bits / 8;
  return {
    channels,
    frames: Math.floor((end - begin) / (channels * bytes)),
    sample: (at) => read(begin + at * bytes),
  };
}

function readerOf(view: DataView, code: number, bits: number): ((at: number) => number) | null {
  if (code === FLOAT && bits === 32) return (at) => view.getFloat32(at, true);
  if (code === FLOAT && bits === 64) return (at) => view.getFloat64(at, true);
  if (code !== PCM) return null;
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => view.getInt16(at, true) / 2 ** 15;
  if (bits === 24) return (at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 2 ** 23;
  if (bits === 32) return (at) => view.getInt32(at, true) / 2 ** 31;
  return null;
}

/** Of more samples than this, evenly chosen ones are looked at. */
const MOST_LOOKED_AT = 4_000_000;

/** The least and the greatest sample of each of `columns` equal parts, all channels together. */
export function peaksOf({ channels, frames, sample }: Wav, columns: number): Peaks {
  const [low, high] = [new Float32Array(columns), new Float32Array(columns)];
  const stride = Math.max(1, Math.ceil((frames * channels) / MOST_LOOKED_AT));
  for (let column = 0; column < columns; column++) {
    const begin = Math.floor((column * frames) / columns);
    const end = Math.max(begin + 1, Math.floor(((column + 1) * frames) / columns));
    let [least, most] = [0, 0];
    for (let frame = begin; frame < end && frame < frames; frame += stride) {
      for (let channel = 0; channel < channels; channel++) {
        const value = sample(frame * channels + channel);
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    low[column] = Math.max(-1, least);
    high[column] = Math.min(1, most);
  }
  return { low, high };
}
