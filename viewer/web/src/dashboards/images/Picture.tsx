import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { aspectOf, learnAspect } from "./aspect";
import type { Shown } from "./use_steps";

interface Props {
  tag: string;
  run: string;
  shown: Shown | null;
  busy: boolean;
  error: string | null;
}

/** From this factor on, pixels are drawn as squares instead of being blurred into each other. */
const SQUARES_FROM = 2;

/** One image, as large as its card allows. */
export function Picture({ tag, run, shown, busy, error }: Props): JSX.Element {
  const broken = useSignal<string | null>(null);
  const size = useSignal("");
  const said =
    error ?? (shown && broken.value === shown.url ? "These bytes are no image that a browser can draw" : null);
  return (
    <div class="picture" style={{ aspectRatio: aspectOf(tag).value }} data-busy={busy ? "" : undefined}>
      {shown && !said ? (
        <img
          src={shown.url}
          alt={`${tag} of ${run} at step ${shown.step}`}
          draggable={false}
          data-testid="image"
          data-step={shown.step}
          data-index={shown.index}
          onLoad={(event) => {
            const image = event.currentTarget;
            learnAspect(tag, image.naturalWidth, image.naturalHeight);
            const factor = Math.min(image.clientWidth / image.naturalWidth, image.clientHeight / image.naturalHeight);
            image.classList.toggle("squares", factor >= SQUARES_FROM);
            size.value = `${image.naturalWidth} × ${image.naturalHeight}`;
          }}
          onError={() => {
            broken.value = shown.url;
          }}
        />
      ) : null}
      {said ? (
        <div class="picture-error" data-testid="image-error">
          {said}
        </div>
      ) : null}
      <span class="picture-size">{said ? "" : size.value}</span>
    </div>
  );
}
