import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { Icon } from "../../ui/Icon";
import { swipeAt } from "./settings";

const BY_KEY: Partial<Record<string, number>> = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.1, PageUp: 0.1 };
const TO_KEY: Partial<Record<string, number>> = { Home: 0, End: 1 };

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The line between A on its left and B on its right: dragged, or moved with arrow keys. */
export function SwipeLine(): JSX.Element {
  const move = (event: TargetedPointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    const line = event.currentTarget;
    const box = line.parentElement?.getBoundingClientRect();
    if (!box || !line.hasPointerCapture(event.pointerId)) return;
    swipeAt.value = Number(within((event.clientX - box.left) / box.width).toFixed(4));
  };
  const press = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = BY_KEY[event.key];
    const to = TO_KEY[event.key];
    if (by === undefined && to === undefined) return;
    event.preventDefault();
    swipeAt.value = Number(within(to ?? swipeAt.peek() + (by ?? 0)).toFixed(4));
  };
  return (
    <div
      class="swipe-line"
      style={{ left: `${swipeAt.value * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label="Line between A and B"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(swipeAt.value * 100)}
      data-testid="swipe-line"
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onKeyDown={press}
    >
      <span class="swipe-handle">
        <Icon name="sides" size={14} />
      </span>
    </div>
  );
}
