import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Failed } from "./Failed";
import { type Frame, pixelAt, place, type Size, styleOf } from "./geometry";
import { useGestures } from "./gestures";
import { describePixel, readPixel } from "./read_pixel";
import { actualSize } from "./settings";
import type { Shown } from "./use_steps";
import { viewOf } from "./views";

interface Props {
  tag: string;
  alt: string;
  shown: Shown;
  item: number;
  /** What the picture may fill. */
  room: Size;
  /** Takes the picture's size, or the pixel under the pointer. */
  readout: Signal<string>;
  wheelAlone: boolean;
  onOpen?: (() => void) | undefined;
  onNatural(size: Size): void;
}

/** From this factor on, pixels are drawn as squares instead of being blurred into each other. */
const SQUARES_FROM = 2;

/** One picture, which can be zoomed and moved. */
export function Item({ tag, alt, shown, item, room, readout, wheelAlone, onOpen, onNatural }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const broken = useSignal<string | null>(null);
  const natural = useSignal<Size | null>(null);
  const url = shown.urls[item] ?? "";
  const picture = natural.value;
  const frame: Frame | null =
    picture && room.width > 0 && room.height > 0
      ? { room, picture, actual: actualSize.value, density: devicePixelRatio }
      : null;
  const drawn = frame && place(viewOf(tag), frame);
  const sizeWords = picture ? `${picture.width} × ${picture.height}` : "";
  useGestures(box, {
    tag,
    frame,
    wheelAlone,
    onClick: onOpen,
    onPoint: (at) => {
      const pixel = at && drawn && picture ? pixelAt(at, drawn, picture) : null;
      const color = pixel && image.current ? readPixel(image.current, pixel) : null;
      readout.value = pixel && color ? `${pixel.x}, ${pixel.y} · ${describePixel(color)}` : sizeWords;
    },
  });
  return (
    <div ref={box} class={onOpen ? "picture-cell opens" : "picture-cell"}>
      {broken.value === url ? (
        <Failed words="These bytes are no image that a browser can draw" />
      ) : (
        <img
          ref={image}
          src={url}
          alt={alt}
          draggable={false}
          class={drawn && drawn.scale >= SQUARES_FROM ? "squares" : undefined}
          style={drawn ? styleOf(drawn) : undefined}
          data-testid="image"
          data-step={shown.step}
          data-index={shown.index}
          data-item={item}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
            onNatural({ width, height });
            if (width !== picture?.width || height !== picture.height) natural.value = { width, height };
            readout.value = `${width} × ${height}`;
          }}
          onError={() => {
            broken.value = url;
          }}
        />
      )}
    </div>
  );
}
