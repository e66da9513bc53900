import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { Menu } from "../../ui/Menu";
import { TypedNumber } from "../../ui/TypedNumber";
import {
  amountAt,
  KINDS_OF_SMOOTHING,
  kindOfSmoothing,
  placeOf,
  SLIDER_STEPS,
  setSmoothing,
  smoothing,
} from "./smoothing";

/** How curves are smoothed: the kind, how much, and off. */
export function SmoothingControl(): JSX.Element {
  const { kind, amount } = smoothing.value;
  const { text, unit, most } = kindOfSmoothing(kind);
  const before = useRef(amount);
  if (amount) before.current = amount;
  const place = placeOf(kind, amount);
  return (
    <div class="smoothing">
      <Menu
        label={`Kind of smoothing: ${text}`}
        look="choice-button"
        testId="smoothing-kind"
        sections={[
          {
            title: "Smoothing",
            items: KINDS_OF_SMOOTHING.map((other) => ({
              key: other.kind,
              text: other.text,
              note: other.unit,
              current: other.kind === kind,
              testId: `smoothing-${other.kind}`,
              choose: () => setSmoothing(other.kind, other.kind === kind ? amount : other.usual),
            })),
          },
        ]}
      >
        {kind === "ema" ? "Smoothing" : text}
        <Icon name="more" size={12} />
      </Menu>
      <input
        type="range"
        class="slider"
        aria-label="Smoothing"
        aria-valuetext={`${amount} ${unit}`}
        min={0}
        max={SLIDER_STEPS}
        step={1}
        value={place}
        style={{ "--filled": `${(place / SLIDER_STEPS) * 100}%` }}
        data-testid="smoothing"
        onInput={(event) => setSmoothing(kind, amountAt(kind, Number(event.currentTarget.value)))}
      />
      <TypedNumber
        label={`Smoothing, ${unit}`}
        value={amount}
        min={0}
        max={most}
        testId="smoothing-number"
        onChange={(value) => setSmoothing(kind, value)}
      />
      <IconButton
        icon="close"
        label={amount ? "No smoothing" : "Smooth as before"}
        class="small-button"
        disabled={!amount && !before.current}
        onClick={() => setSmoothing(kind, amount ? 0 : before.current)}
        testId="smoothing-off"
      />
    </div>
  );
}
