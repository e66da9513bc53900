import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon";
import { useDismiss } from "./use_dismiss";

interface Props {
  icon: IconName;
  label: string;
  /** Something in it differs from how it is by itself. */
  marked?: boolean;
  testId: string;
  children: ComponentChildren;
}

/** A button that opens a box with more controls; Esc, or a click elsewhere, closes it. */
export function Popover({ icon, label, marked = false, testId, children }: Props): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  useDismiss(root, open.value, (by) => {
    open.value = false;
    if (by === "escape") button.current?.focus();
  });
  return (
    <div ref={root} class="popover-root">
      <button
        ref={button}
        type="button"
        class={marked ? "button with-icon marked" : "button with-icon"}
        aria-expanded={open.value}
        data-testid={testId}
        onClick={() => {
          open.value = !open.peek();
        }}
      >
        <Icon name={icon} size={14} />
        {label}
      </button>
      {open.value ? <div class="popover popover-box">{children}</div> : null}
    </div>
  );
}
