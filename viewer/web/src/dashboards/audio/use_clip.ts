/** A clip's bytes, its outline, and the element that plays it. */

import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { getAudio } from "../../api/audio";
import { isRecording } from "../../saved/recorder";
import { outline, type Peaks } from "./peaks";
import { volume } from "./settings";
import { giveUpTurn, takeTurn } from "./turn";

export interface ClipState {
  audio: HTMLAudioElement;
  peaks: Signal<Peaks | null>;
  /** Seconds. */
  time: Signal<number>;
  /** NaN until it is known. */
  duration: Signal<number>;
  isPlaying: Signal<boolean>;
  isLoaded: Signal<boolean>;
  error: Signal<string | null>;
  load(): Promise<void>;
}

/** Larger clips are read once somebody wants to hear them. */
export const READ_UNASKED_BYTES = 10e6;

export function useClip(url: string, bytes: number, playable: boolean, near: ReadonlySignal<boolean>): ClipState {
  const audio = useMemo(() => new Audio(), []);
  const abort = useMemo(() => new AbortController(), []);
  const peaks = useSignal<Peaks | null>(null);
  const time = useSignal(0);
  const duration = useSignal(Number.NaN);
  const isPlaying = useSignal(false);
  const isLoaded = useSignal(false);
  const error = useSignal<string | null>(null);
  const reading = useMemo<{ now: Promise<void> | null }>(() => ({ now: null }), []);

  useEffect(() => listen(audio, { time, duration, isPlaying, error }, abort.signal), []);
  useSignalEffect(() => {
    audio.volume = volume.value;
  });
  useEffect(
    () => () => {
      abort.abort();
      giveUpTurn(audio);
      if (audio.src) URL.revokeObjectURL(audio.src);
    },
    [],
  );

  const read = async (): Promise<void> => {
    try {
      const blob = await getAudio(url, abort.signal);
      if (abort.signal.aborted) return;
      audio.src = URL.createObjectURL(blob);
      isLoaded.value = true;
      error.value = null;
      peaks.value = await outline(blob);
    } catch (reason) {
      reading.now = null;
      if (!abort.signal.aborted) error.value = reason instanceof Error ? reason.message : String(reason);
    }
  };
  const load = (): Promise<void> => {
    reading.now ??= read();
    return reading.now;
  };
  useSignalEffect(() => {
    if (near.value && playable && (bytes <= READ_UNASKED_BYTES || isRecording)) void load();
  });
  return { audio, peaks, time, duration, isPlaying, isLoaded, error, load };
}

type Told = Pick<ClipState, "time" | "duration" | "isPlaying" | "error">;

/** Follow the element; while it plays, each frame, since its own events are few. */
function listen(audio: HTMLAudioElement, told: Told, signal: AbortSignal): void {
  const on = (kind: keyof HTMLMediaElementEventMap, act: () => void): void =>
    audio.addEventListener(kind, act, { signal });
  const follow = (): void => {
    told.time.value = audio.currentTime;
    if (!audio.paused && !signal.aborted) requestAnimationFrame(follow);
  };
  on("play", () => {
    takeTurn(audio);
    told.isPlaying.value = true;
    follow();
  });
  on("pause", () => {
    told.isPlaying.value = false;
  });
  on("timeupdate", () => {
    told.time.value = audio.currentTime;
  });
  on("durationchange", () => {
    told.duration.value = audio.duration;
  });
  on("error", () => {
    told.isPlaying.value = false;
    if (!signal.aborted) told.error.value = "This browser cannot play these bytes";
  });
}
