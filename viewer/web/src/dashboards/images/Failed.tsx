import type { JSX } from "preact";

/** Why a picture is not there. */
export function Failed({ words }: { words: string }): JSX.Element {
  return (
    <div class="picture-error" data-testid="image-error">
      {words}
    </div>
  );
}
