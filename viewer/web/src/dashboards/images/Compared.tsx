import { type Signal, useSignal } from "@preact/signals";
import type { CSSProperties, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ShownRun } from "../../state/runs";
import { NumberSlider } from "../../ui/NumberSlider";
import { useSize } from "../../ui/use";
import { aspectOf, learnAspect } from "./aspect";
import { CompareRemarks } from "./CompareRemarks";
import { DifferenceLayer } from "./DifferenceLayer";
import type { Difference } from "./difference";
import { Failed } from "./Failed";
import { type Frame, type Point, pixelAt, place, type Size, styleOf } from "./geometry";
import { useGestures } from "./gestures";
import { describePixel, readPixel } from "./read_pixel";
import { SwipeLine } from "./SwipeLine";
import { actualSize, comparison, overlayOpacity, swipeAt } from "./settings";
import type { Shown, Steps } from "./use_steps";
import { viewOf } from "./views";

interface Props {
  tag: string;
  a: ShownRun;
  b: ShownRun;
  left: Steps;
  right: Steps;
}

/** A picture that is decoded and on the screen. */
export interface Loaded extends Size {
  url: string;
  image: HTMLImageElement;
}

const SQUARES_FROM = 2;

/** Two pictures on one another: faded into each other, split by a line, or their difference. B is as large as A. */
export function Compared({ tag, a, b, left, right }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [first, second] = [useSignal<Loaded | null>(null), useSignal<Loaded | null>(null)];
  const difference = useSignal<Difference | null>(null);
  const item = useSignal(0);
  const readout = useSignal("");
  const [shownA, shownB] = [left.shown.value, right.shown.value];
  const mode = comparison.value;
  const picture = first.value;
  const frame: Frame | null =
    picture && size.value.width > 0
      ? { room: size.value, picture, actual: actualSize.value, density: devicePixelRatio }
      : null;
  const drawn = frame && place(viewOf(tag), frame);
  useGestures(box, {
    tag,
    frame,
    wheelAlone: false,
    onPoint: (point) => {
      const pixel = point && drawn && picture ? pixelAt(point, drawn, picture) : null;
      readout.value = pixel ? pixelWords(pixel, first.peek(), second.peek()) : "";
    },
  });
  const count = Math.max(1, Math.min(shownA?.urls.length ?? 1, shownB?.urls.length ?? 1));
  const at = Math.min(item.value, count - 1);
  const error = left.error.value ?? right.error.value;
  const style: CSSProperties = drawn ? styleOf(drawn) : { left: "0", top: "0", width: "100%", height: "100%" };
  const squares = drawn && drawn.scale >= SQUARES_FROM ? "squares" : "";
  const over: CSSProperties = { ...style };
  if (mode === "overlay") over.opacity = overlayOpacity.value;
  if (mode === "swipe" && drawn) over.clipPath = `inset(0 0 0 ${swipeAt.value * size.value.width - drawn.left}px)`;
  const layer = { tag, item: at, class: squares };
  return (
    <>
      <div
        ref={box}
        class="picture compared card-fill"
        style={{ aspectRatio: aspectOf(tag).value }}
        data-mode={mode}
        data-testid="compared"
        data-busy={left.busy.value || right.busy.value ? "" : undefined}
      >
        {shownA && !error ? (
          <Layer {...layer} side="a" run={a.name} shown={shownA} loaded={first} style={style} />
        ) : null}
        {shownB && !error ? (
          <Layer {...layer} side="b" run={b.name} shown={shownB} loaded={second} style={over} />
        ) : null}
        {mode === "difference" && !error ? (
          <DifferenceLayer
            a={fresh(first, shownA, at)}
            b={fresh(second, shownB, at)}
            class={squares}
            style={style}
            found={difference}
          />
        ) : null}
        {mode === "swipe" && !error ? <SwipeLine /> : null}
        {error ? <Failed words={error} /> : null}
        <span class="picture-size" data-testid="image-readout">
          {readout.value}
        </span>
      </div>
      <CompareRemarks
        steps={[stepOf(left), stepOf(right)]}
        a={first.value}
        b={second.value}
        difference={mode === "difference" ? difference.value : null}
      />
      {count > 1 ? (
        <div class="compare-item">
          <NumberSlider
            label="Picture"
            value={at + 1}
            min={1}
            max={count}
            step={1}
            testId="compare-item"
            onChange={(value) => {
              item.value = Math.round(value) - 1;
            }}
          />
        </div>
      ) : null}
    </>
  );
}

const stepOf = ({ images, index }: Steps): number | undefined => images.value?.step[index.value];

/** The picture, if it is that of the step by now. */
const fresh = ({ value }: Signal<Loaded | null>, shown: Shown | null, item: number): Loaded | null =>
  value && value.url === shown?.urls[item] ? value : null;

interface LayerProps {
  side: "a" | "b";
  tag: string;
  run: string;
  shown: Shown;
  item: number;
  loaded: Signal<Loaded | null>;
  class: string;
  style: CSSProperties;
}

function Layer({ side, tag, run, shown, item, loaded, class: className, style }: LayerProps): JSX.Element {
  const url = shown.urls[item] ?? "";
  return (
    <img
      src={url}
      alt={`${side.toUpperCase()}: ${tag} of ${run} at step ${shown.step}`}
      draggable={false}
      class={className}
      style={style}
      data-testid={`compare-${side}`}
      data-step={shown.step}
      onLoad={({ currentTarget: image }) => {
        const { naturalWidth: width, naturalHeight: height } = image;
        if (side === "a") learnAspect(tag, width, height);
        loaded.value = { url, image, width, height };
      }}
      onError={() => {
        loaded.value = null;
      }}
    />
  );
}

/** The same pixel of both, as far as B has it. */
function pixelWords(pixel: Point, a: Loaded | null, b: Loaded | null): string {
  const colorOf = (side: Loaded | null): string => {
    if (!side || pixel.x >= side.width || pixel.y >= side.height) return "–";
    const color = readPixel(side.image, pixel);
    return color ? describePixel(color) : "–";
  };
  return `${pixel.x}, ${pixel.y} · A ${colorOf(a)} · B ${colorOf(b)}`;
}
