import type { JSX } from "preact";
import { dashOf } from "../draw/colors";

/** A run's colour, as the stroke its line has. */
export function Swatch({ color, lap }: { color: string; lap: number }): JSX.Element {
  const dash = dashOf(lap).map((part) => part / 1.5);
  return (
    <svg class="line-swatch" width="14" height="4" aria-hidden="true">
      <line x1="0" y1="2" x2="14" y2="2" stroke={color} stroke-width="3" stroke-dasharray={dash.join(" ")} />
    </svg>
  );
}
