/** The Markdown renderer, fetched when the first text is shown. */

import { signal } from "@preact/signals";

type Render = (text: string) => DocumentFragment;

/** Null until it is there, and for good if it cannot be fetched: texts are then shown as logged. */
export const render = signal<Render | null>(null);

let asked = false;

export function needMarkdown(): void {
  if (asked) return;
  asked = true;
  import("./markdown").then(
    (module) => {
      render.value = module.renderMarkdown;
    },
    () => {
      asked = false;
    },
  );
}
