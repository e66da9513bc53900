import type { JSX } from "preact";

/** A line's colour, as the stroke it has. */
export function Swatch({ color, dash }: { color: string; dash: readonly number[] }): JSX.Element {
  const parts = dash.map((part) => part / 1.5);
  return (
    <svg class="line-swatch" width="14" height="4" aria-hidden="true">
      <line x1="0" y1="2" x2="14" y2="2" stroke={color} stroke-width="3" stroke-dasharray={parts.join(" ")} />
    </svg>
  );
}
