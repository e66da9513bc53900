/** Sounds, as docs/http-api.md has them. */

import { address, get, json } from "./client";
import type { JsonNumber } from "./types";

export interface Clip {
  /** What the log says about it; Markdown, shown as text. */
  label: string;
  content_type: string;
  bytes: number;
  sample_rate: JsonNumber;
  /** Null, as is the duration in seconds, if it is no WAV file. */
  channels: number | null;
  duration: JsonNumber | null;
}

export interface AudioClips {
  step: number;
  wall_time: JsonNumber;
  /** How many were logged; `clips` may hold fewer. */
  count: number;
  clips: Clip[];
}

export const getAudioClips = (run: string, tag: string, index: number, signal?: AbortSignal): Promise<AudioClips> =>
  json(address("audio_clips", { run, tag, index }), signal);

export const audioAddress = (run: string, tag: string, index: number, item: number): string =>
  address("audio", { run, tag, index, item: item || undefined });

/** One clip as it was logged. */
export async function getAudio(url: string, signal?: AbortSignal): Promise<Blob> {
  return (await get(url, signal)).blob();
}
