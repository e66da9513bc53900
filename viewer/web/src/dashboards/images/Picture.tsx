import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { aspectOf, learnAspect } from "./aspect";
import { mosaicOf } from "./mosaic";
import { MOST_SHOWN } from "./picture_cache";
import type { Shown } from "./use_steps";

interface Props {
  tag: string;
  run: string;
  shown: Shown | null;
  /** How many pictures to leave room for until they are there. */
  expected: number;
  busy: boolean;
  error: string | null;
}

/** From this factor on, pixels are drawn as squares instead of being blurred into each other. */
const SQUARES_FROM = 2;

/** The images of a step, as large as their card allows: usually one, several in a grid. */
export function Picture({ tag, run, shown, expected, busy, error }: Props): JSX.Element {
  const size = useSignal("");
  const aspect = aspectOf(tag).value;
  const { columns, rows } = mosaicOf(shown?.urls.length ?? Math.max(1, Math.min(expected, MOST_SHOWN)), aspect);
  return (
    <div
      class={columns * rows > 1 ? "picture several" : "picture"}
      style={{ aspectRatio: (aspect * columns) / rows, "--columns": columns, "--rows": rows }}
      data-busy={busy ? "" : undefined}
    >
      {shown && !error
        ? shown.urls.map((url, item) => (
            <Item key={item} tag={tag} run={run} shown={shown} url={url} item={item} size={size} />
          ))
        : null}
      {error ? <Failed words={error} /> : null}
      <span class="picture-size">{error ? "" : size.value}</span>
      {shown && !error && shown.count > shown.urls.length ? (
        <span class="picture-more" data-testid="image-more">
          {formatCount(shown.urls.length)} of {formatCount(shown.count)} images
        </span>
      ) : null}
    </div>
  );
}

interface ItemProps extends Pick<Props, "tag" | "run"> {
  shown: Shown;
  url: string;
  item: number;
  /** Takes the width and height of what was drawn last. */
  size: { value: string };
}

function Item({ tag, run, shown, url, item, size }: ItemProps): JSX.Element {
  const broken = useSignal<string | null>(null);
  if (broken.value === url) return <Failed words="These bytes are no image that a browser can draw" />;
  const place = shown.count > 1 ? `, ${item + 1} of ${shown.count}` : "";
  return (
    <img
      src={url}
      alt={`${tag} of ${run} at step ${shown.step}${place}`}
      draggable={false}
      data-testid="image"
      data-step={shown.step}
      data-index={shown.index}
      data-item={item}
      onLoad={(event) => {
        const image = event.currentTarget;
        learnAspect(tag, image.naturalWidth, image.naturalHeight);
        const factor = Math.min(image.clientWidth / image.naturalWidth, image.clientHeight / image.naturalHeight);
        image.classList.toggle("squares", factor >= SQUARES_FROM);
        size.value = `${image.naturalWidth} × ${image.naturalHeight}`;
      }}
      onError={() => {
        broken.value = url;
      }}
    />
  );
}

function Failed({ words }: { words: string }): JSX.Element {
  return (
    <div class="picture-error" data-testid="image-error">
      {words}
    </div>
  );
}
