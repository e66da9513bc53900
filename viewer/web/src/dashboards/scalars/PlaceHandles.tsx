import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import type { Across } from "./chart/plot";
import type { ChartView } from "./chart_view";
import { formatPlace } from "./place_words";
import { type Place, placeOf, setPlace } from "./places";

interface Props {
  id: string;
  view: ChartView;
}

/** A drag shorter than this many pixels chooses a single place. */
const LEAST_DRAG = 4;
type End = "from" | "to";

/**
 * The handles of a chart: a click on the rail below the plot chooses a place, a drag a range; a handle can be dragged and
 * moved by keys from point to point, Delete takes all away.
 */
export function PlaceHandles({ id, view }: Props): JSX.Element | null {
  view.placed.value;
  const across = view.across;
  const place = placeOf(id);
  const hover = useSignal<number | null>(null);
  const start = useSignal<number | null>(null);
  if (!across) return null;
  const leftOf = (event: TargetedPointerEvent<HTMLElement>): number =>
    Math.max(0, Math.min(across.width, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const ends = place ? [place.from, ...(place.to === null ? [] : [place.to])] : [];
  const box = { left: `${across.left}px`, top: `${across.top}px`, width: `${across.width}px` };
  return (
    <div class="places" style={{ ...box, height: `${across.height}px` }}>
      {place?.to == null ? null : <Shade across={across} from={place.from} to={place.to} />}
      <div
        class="place-rail"
        title="Click for the values at a place, drag for a range"
        data-testid="place-rail"
        onPointerDown={(event) => {
          event.stopPropagation();
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          start.value = leftOf(event);
          setPlace(id, { from: across.toValue(start.value), to: null });
        }}
        onPointerMove={(event) => {
          const at = leftOf(event);
          hover.value = at;
          const from = start.peek();
          if (from === null || Math.abs(at - from) < LEAST_DRAG) return;
          setPlace(id, { from: across.toValue(from), to: across.toValue(at) });
        }}
        onPointerUp={() => {
          start.value = null;
        }}
        onPointerLeave={() => {
          hover.value = null;
        }}
      />
      {hover.value !== null && start.value === null ? (
        <div class="place-line passing" style={{ left: `${hover.value}px` }} />
      ) : null}
      {ends.map((value, at) => (
        <Handle
          key={at}
          id={id}
          view={view}
          across={across}
          place={place as Place}
          end={at ? "to" : "from"}
          at={value}
        />
      ))}
    </div>
  );
}

/** What lies outside a range is set back. */
function Shade({ across, from, to }: { across: Across; from: number; to: number }): JSX.Element {
  const clamp = (value: number): number => Math.max(0, Math.min(across.width, across.toPixel(value) || 0));
  return (
    <>
      <div class="place-shade" style={{ left: 0, width: `${clamp(from)}px` }} />
      <div class="place-shade" style={{ left: `${clamp(to)}px`, right: 0 }} />
    </>
  );
}

interface HandleProps extends Props {
  across: Across;
  place: Place;
  end: End;
  at: number;
}

function Handle({ id, view, across, place, end, at }: HandleProps): JSX.Element | null {
  const left = across.toPixel(at);
  const grip = useSignal(false);
  if (!(left >= -1 && left <= across.width + 1)) return null;
  const move = (value: number): void => setPlace(id, { ...place, [end]: value });
  const drag = (event: TargetedPointerEvent<HTMLElement>): void => {
    const rail = event.currentTarget.closest(".places")?.getBoundingClientRect();
    if (grip.peek() && rail) move(across.toValue(Math.max(0, Math.min(across.width, event.clientX - rail.left))));
  };
  const key = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (by !== undefined) move(view.pointFrom(at, by));
    else if (event.key === "Home" || event.key === "End") {
      move(view.pointFrom(at, event.key === "Home" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY));
    } else if (event.key === "Delete" || event.key === "Backspace" || event.key === "Escape") setPlace(id, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="place-line" style={{ left: `${left}px` }}>
      <div
        class="place-grip"
        role="slider"
        tabIndex={0}
        aria-label={
          place.to === null ? "Place of the values" : end === "from" ? "Start of the range" : "End of the range"
        }
        aria-valuenow={at}
        aria-valuemin={across.range[0]}
        aria-valuemax={across.range[1]}
        aria-valuetext={formatPlace(at)}
        data-testid={`place-${end}`}
        data-at={at}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus();
          grip.value = true;
        }}
        onPointerMove={drag}
        onPointerUp={() => {
          grip.value = false;
        }}
        onKeyDown={key}
      />
    </div>
  );
}
