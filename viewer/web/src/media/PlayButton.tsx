import type { JSX } from "preact";
import { IconButton } from "../ui/IconButton";
import { usePlayer } from "./use_player";

interface Props {
  count: number;
  index: number;
  onChange(index: number): void;
}

/** Plays through the steps of a slider; nothing where there is only one. */
export function PlayButton({ count, index, onChange }: Props): JSX.Element | null {
  const { isPlaying, toggle } = usePlayer(count, index, onChange);
  if (count < 2) return null;
  return (
    <IconButton
      icon={isPlaying.value ? "pause" : "play"}
      label={isPlaying.value ? "Pause" : "Play through the steps"}
      testId="step-play"
      onClick={toggle}
    />
  );
}
