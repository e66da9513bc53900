import type { JSX } from "preact";
import type { Line } from "./chart/line";
import { showSuperseded } from "./settings";

/** How often the shown runs were begun anew; shows what that made void. */
export function RestartsButton({ lines }: { lines: readonly Line[] }): JSX.Element | null {
  const restarts = lines.flatMap((line) => line.curve.restarts);
  if (!restarts.length) return null;
  const points = restarts.reduce((sum, { count }) => sum + count, 0);
  const shown = showSuperseded.value;
  return (
    <button
      type="button"
      class="restarts"
      aria-pressed={shown}
      title={`${points} ${points === 1 ? "point was" : "points were"} superseded by restarts: ${shown ? "hide" : "show"} them`}
      data-testid="restarts"
      onClick={() => {
        showSuperseded.value = !shown;
      }}
    >
      {restarts.length} {restarts.length === 1 ? "restart" : "restarts"}
    </button>
  );
}
