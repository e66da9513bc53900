import type { JSX } from "preact";
import { Select } from "../ui/Select";
import { SPEEDS, speed } from "./player";

/** How many steps a second are played. */
export function SpeedChoice(): JSX.Element {
  const choices = SPEEDS.includes(speed.value) ? SPEEDS : [...SPEEDS, speed.value].sort((a, b) => a - b);
  return (
    <Select
      label="Steps played a second"
      choices={choices.map((value) => ({ value: String(value), text: `${value} / s` }))}
      value={String(speed.value)}
      testId="play-speed"
      onChange={(value) => {
        speed.value = Number(value);
      }}
    />
  );
}
