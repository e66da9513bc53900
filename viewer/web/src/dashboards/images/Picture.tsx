import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { formatCount } from "../../format/numbers";
import { useSize } from "../../ui/use";
import { aspectOf, learnAspect } from "./aspect";
import { Failed } from "./Failed";
import type { Size } from "./geometry";
import { Item } from "./Item";
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
  /** Show this one of several, in all the room there is. */
  only?: number | undefined;
  /** A picture was clicked. */
  onOpen?: (item: number) => void;
}

/** Between the pictures of a step, as in media.css. */
const GAP = 2;

/** The images of a step, as large as their card allows: usually one, several in a grid. */
export function Picture({ tag, run, shown, expected, busy, error, only, onOpen }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const readout = useSignal("");
  const aspect = aspectOf(tag).value;
  const large = only !== undefined;
  const there = shown?.urls.length ?? Math.max(1, Math.min(expected, MOST_SHOWN));
  const { columns, rows } = mosaicOf(large ? 1 : there, aspect);
  const room = cell(size, columns, rows);
  const items = shown && !error ? (large ? [Math.min(only, shown.urls.length - 1)] : shown.urls.map((_, i) => i)) : [];
  return (
    <div
      ref={box}
      class={columns * rows > 1 ? "picture several card-fill" : "picture card-fill"}
      style={large ? undefined : { aspectRatio: (aspect * columns) / rows, "--columns": columns, "--rows": rows }}
      data-busy={busy ? "" : undefined}
    >
      {shown
        ? items.map((item) => (
            <Item
              key={item}
              tag={tag}
              alt={`${tag} of ${run} at step ${shown.step}${shown.count > 1 ? `, ${item + 1} of ${shown.count}` : ""}`}
              shown={shown}
              item={item}
              room={room}
              readout={readout}
              wheelAlone={large}
              onOpen={onOpen && (() => onOpen(item))}
              onNatural={({ width, height }) => learnAspect(tag, width, height)}
            />
          ))
        : null}
      {error ? <Failed words={error} /> : null}
      <span class="picture-size" data-testid="image-readout">
        {error ? "" : readout.value}
      </span>
      {shown && !error && !large && shown.count > shown.urls.length ? (
        <span class="picture-more" data-testid="image-more">
          {formatCount(shown.urls.length)} of {formatCount(shown.count)} images
        </span>
      ) : null}
    </div>
  );
}

const cell = ({ value: { width, height } }: Signal<Size>, columns: number, rows: number): Size => ({
  width: (width - GAP * (columns - 1)) / columns,
  height: (height - GAP * (rows - 1)) / rows,
});
