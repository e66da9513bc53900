import type { ComponentChildren, JSX } from "preact";
import { arrangement } from "./arrangement";
import { showAll } from "./marking";
import { isolated } from "./points";
import { chosen, failure, isLoading } from "./source";
import { sceneState } from "./stage";

/** In place of the points, why there are none to be seen. */
export function SceneNotice(): JSX.Element | null {
  const { state, why } = sceneState.value;
  if (state === "missing") {
    return (
      <Words title="The points cannot be drawn here">
        <p>{why}. Search, neighbours and the table of a point work without; for the scene, switch WebGL on.</p>
      </Words>
    );
  }
  if (state === "lost") {
    return (
      <Words title="The graphics card has let go of the scene">
        <p>It is drawn again as soon as the browser gives it back.</p>
      </Words>
    );
  }
  if (failure.value !== null) {
    return (
      <Words title="These points cannot be shown">
        <p class="proj-reason">{failure.value}</p>
      </Words>
    );
  }
  if (arrangement.value) return isolated.value ? <IsolatedNote /> : null;
  if (isLoading.value || chosen.value) {
    return (
      <Words title="Reading the points…" busy>
        {null}
      </Words>
    );
  }
  return null;
}

function Words({
  title,
  busy = false,
  children,
}: {
  title: string;
  busy?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="proj-notice" role="status" aria-busy={busy} data-testid="proj-notice">
      <h3>
        {busy ? <span class="spinner" /> : null}
        {title}
      </h3>
      {children}
    </div>
  );
}

function IsolatedNote(): JSX.Element {
  return (
    <div class="proj-isolated" data-testid="proj-isolated">
      <span>Some points alone</span>
      <button type="button" class="link-button" data-testid="proj-show-all-here" onClick={showAll}>
        Show all
      </button>
    </div>
  );
}
