import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../Icon";
import { type Anchor, anchorOf, Hanging } from "./Hanging";

interface Props {
  text: string;
  icon?: IconName;
  label?: string;
  /** Beside the text, such as a number. */
  count?: string | number | undefined;
  testId: string;
  render(close: () => void): ComponentChildren;
}

/** A button of a toolbar that opens a box with more. */
export function HangingButton({ text, icon, label = text, count, testId, render }: Props): JSX.Element {
  const anchor = useSignal<Anchor | null>(null);
  const close = (): void => {
    anchor.value = null;
  };
  return (
    <>
      <button
        type="button"
        class="button soft"
        aria-haspopup="dialog"
        aria-expanded={anchor.value !== null}
        data-testid={testId}
        onPointerDown={(event) => {
          // An open box closes by itself at this press; the click that follows must not open it again.
          event.currentTarget.dataset.was = anchor.peek() ? "open" : "";
        }}
        onClick={(event) => {
          const wasOpen = event.currentTarget.dataset.was === "open";
          event.currentTarget.dataset.was = "";
          if (!wasOpen) anchor.value = anchorOf(event.currentTarget);
        }}
      >
        {icon ? <Icon name={icon} size={14} /> : null}
        {text}
        {count === undefined ? null : <span class="count">{count}</span>}
      </button>
      {anchor.value ? (
        <Hanging anchor={anchor.value} label={label} testId={`${testId}-box`} onClose={close}>
          {render(close)}
        </Hanging>
      ) : null}
    </>
  );
}
