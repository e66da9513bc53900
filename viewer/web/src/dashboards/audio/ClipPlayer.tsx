import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { audioAddress, type Clip } from "../../api/audio";
import { toNumber } from "../../api/types";
import { formatBytes, formatCount } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { fileName } from "../../media/files";
import type { ShownRun } from "../../state/runs";
import { Icon } from "../../ui/Icon";
import { READ_UNASKED_BYTES, useClip } from "./use_clip";
import { Waveform } from "./Waveform";

interface Props {
  tag: string;
  run: ShownRun;
  index: number;
  step: number;
  item: number;
  clip: Clip;
  near: ReadonlySignal<boolean>;
}

const UNKNOWN = "application/octet-stream";

/** One clip: played, drawn, kept as a file. What is no sound is only kept. */
export function ClipPlayer({ tag, run, index, step, item, clip, near }: Props): JSX.Element {
  const url = audioAddress(run.name, tag, index, item);
  const playable = clip.content_type !== UNKNOWN;
  const state = useClip(url, clip.bytes, playable, near);
  const { audio, isPlaying, time, error } = state;
  const known = toNumber(clip.duration);
  const duration = Number.isFinite(known) ? known : state.duration.value;
  const problem = playable ? error.value : "These bytes are no sound that is known here";

  const toggle = async (): Promise<void> => {
    await state.load();
    if (!audio.paused) audio.pause();
    else await audio.play().catch(() => undefined);
  };
  const seek = (seconds: number): void => {
    audio.currentTime = Math.min(Math.max(0, seconds), Number.isFinite(duration) ? duration : 0);
    time.value = audio.currentTime;
  };
  return (
    <section
      class="clip"
      aria-label={`Clip ${item + 1}`}
      data-testid="clip"
      data-item={item}
      data-loaded={state.isLoaded.value ? "" : undefined}
      data-playing={isPlaying.value ? "" : undefined}
      data-time={time.value}
      data-duration={duration}
    >
      {clip.label ? (
        <p class="clip-label" title={clip.label} data-testid="clip-label">
          {clip.label}
        </p>
      ) : null}
      {problem ? (
        <p class="clip-problem" data-testid="clip-problem">
          {problem}
        </p>
      ) : (
        <div class="clip-line">
          <button
            type="button"
            class="clip-play"
            aria-label={isPlaying.value ? "Pause" : "Play"}
            title={isPlaying.value ? "Pause" : "Play"}
            data-testid="clip-play"
            onClick={() => void toggle()}
          >
            <Icon name={isPlaying.value ? "pause" : "play"} />
          </button>
          <Waveform
            peaks={state.peaks.value}
            time={time.value}
            duration={duration}
            color={run.color}
            onSeek={seek}
            onToggle={() => void toggle()}
          />
        </div>
      )}
      <div class="clip-facts">
        {problem ? null : (
          <span class="clip-time" data-testid="clip-time">
            {clock(time.value)} / {Number.isFinite(duration) ? clock(duration) : "–"}
          </span>
        )}
        <span data-testid="clip-facts">{facts(clip, duration)}</span>
        <a
          class="icon-button"
          href={url}
          download={fileName(tag, run.name, step, clip.content_type, item || null)}
          title={`Download as logged (${formatBytes(clip.bytes)})`}
          aria-label="Download the clip as logged"
          data-testid="clip-download"
        >
          <Icon name="download" />
        </a>
      </div>
    </section>
  );
}

/** `0:04.2`. */
function clock(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}

function facts(clip: Clip, duration: number): string {
  const rate = toNumber(clip.sample_rate);
  const words = [
    Number.isFinite(duration) ? formatDuration(duration) : "",
    Number.isFinite(rate) ? `${formatCount(Math.round(rate))} Hz` : "",
    clip.channels === 2 ? "stereo" : clip.channels && clip.channels > 2 ? `${clip.channels} channels` : "",
    clip.bytes > READ_UNASKED_BYTES || clip.content_type === UNKNOWN ? formatBytes(clip.bytes) : "",
  ];
  return words.filter(Boolean).join(" · ");
}
