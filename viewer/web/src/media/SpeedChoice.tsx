import type { JSX } from "preact";
import { SPEEDS, speed } from "./player";

/** How many steps a second are played. */
export function SpeedChoice(): JSX.Element {
  const choices = SPEEDS.includes(speed.value) ? SPEEDS : [...SPEEDS, speed.value].sort((a, b) => a - b);
  return (
    <select
      class="choice"
      aria-label="Steps played a second"
      title="Steps played a second"
      data-testid="play-speed"
      value={String(speed.value)}
      onChange={(event) => {
        speed.value = Number(event.currentTarget.value);
      }}
    >
      {choices.map((value) => (
        <option key={value} value={String(value)}>
          {value} / s
        </option>
      ))}
    </select>
  );
}
