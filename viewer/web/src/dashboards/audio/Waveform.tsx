import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { prepare } from "../../draw/canvas";
import { cssColor } from "../../draw/colors";
import { appearance } from "../../state/theme";
import { useSize } from "../../ui/use";
import { paintWave } from "./paint_wave";
import type { Peaks } from "./peaks";

interface Props {
  peaks: Peaks | null;
  /** Seconds. */
  time: number;
  duration: number;
  /** Of what is played. */
  color: string;
  onSeek(seconds: number): void;
  onToggle(): void;
}

/** The outline of a sound, which is a slider over its time: clicked, dragged, or moved with arrow keys; Space plays. */
export function Waveform({ peaks, time, duration, color, onSeek, onToggle }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(box).value;
  const theme = appearance.value;
  const share = duration > 0 ? time / duration : 0;
  useLayoutEffect(() => {
    const surface = canvas.current && prepare(canvas.current, width, height);
    if (!surface) return;
    const colors = { played: color, rest: cssColor("--text-faint"), middle: cssColor("--border") };
    paintWave(surface, peaks, share, colors);
  }, [peaks, share, color, width, height, theme]);

  const point = (event: { clientX: number }): void => {
    const frame = box.current?.getBoundingClientRect();
    if (frame && duration > 0) onSeek(((event.clientX - frame.left) / frame.width) * duration);
  };
  const press = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = Math.max(0.1, duration / 20);
    const to = { ArrowLeft: time - by, ArrowRight: time + by, Home: 0, End: duration }[event.key];
    if (event.key === " " || event.key === "Enter") onToggle();
    else if (to !== undefined && duration > 0) onSeek(to);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      class="wave"
      role="slider"
      tabIndex={0}
      aria-label="Time"
      aria-valuemin={0}
      aria-valuemax={Number.isFinite(duration) ? duration : 0}
      aria-valuenow={time}
      aria-valuetext={`${time.toFixed(1)} seconds`}
      data-testid="wave"
      data-drawn={peaks ? "" : undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
      }}
      onKeyDown={press}
    >
      <canvas ref={canvas} />
    </div>
  );
}
