import type { JSX } from "preact";
import { stage } from "./scene/stage";

/** Why nothing is drawn, where that is the browser's doing. */
export function NoDrawing(): JSX.Element | null {
  const state = stage.state.value;
  if (state === "ready") return null;
  return (
    <div class="mesh-nothing mesh-no-drawing" data-testid="mesh-no-drawing" data-state={state}>
      <p>
        {state === "none"
          ? "This browser offers no WebGL, without which nothing can be drawn in space. It may be turned off in its settings."
          : "The browser has taken the graphics away, as it does when the machine runs short of them."}
      </p>
      <button type="button" class="button" onClick={() => stage.restart()}>
        Try again
      </button>
    </div>
  );
}
