import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { IconButton } from "../../ui/IconButton";
import { movePin, pins, togglePin } from "./pins";

/** Buttons of a card: pin it to the top of the page, and there move it or let it go. */
export function PinActions({ item }: { item: string }): JSX.Element {
  const place = useComputed(() => pins.value.indexOf(item)).value;
  const count = useComputed(() => pins.value.length).value;
  const pinned = place >= 0;
  return (
    <>
      {pinned && count > 1 ? (
        <>
          <IconButton
            icon="previous"
            label="Move forward"
            disabled={place === 0}
            onClick={() => movePin(item, -1)}
            testId="pin-earlier"
          />
          <IconButton
            icon="next"
            label="Move back"
            disabled={place === count - 1}
            onClick={() => movePin(item, 1)}
            testId="pin-later"
          />
        </>
      ) : null}
      <IconButton
        icon="pin"
        label={pinned ? "Unpin" : "Pin to the top"}
        pressed={pinned}
        onClick={() => togglePin(item)}
        testId="pin"
      />
    </>
  );
}
