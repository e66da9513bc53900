import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { placeUnder } from "./place_under";
import { useDismiss } from "./use_dismiss";

interface Props {
  /** Name of the button and of what it opens. */
  label: string;
  /** Class and content of the button. */
  look: string;
  button: ComponentChildren;
  testId: string;
  panelTestId: string;
  children(close: () => void): ComponentChildren;
}

/** A button that opens a panel below it; Escape and a click elsewhere close the panel. */
export function PanelButton({ label, look, button, testId, panelTestId, children }: Props): JSX.Element {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    open.value = false;
  };
  const leave = (): void => {
    close();
    anchor.current?.focus();
  };
  useDismiss(root, open.value, (by) => (by === "escape" ? leave() : close()));
  return (
    <div class="menu" ref={root}>
      <button
        ref={anchor}
        type="button"
        class={look}
        title={label}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        data-testid={testId}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {button}
      </button>
      {open.value ? (
        <Panel label={label} anchor={anchor} testId={panelTestId}>
          {children(leave)}
        </Panel>
      ) : null}
    </div>
  );
}

interface PanelProps {
  label: string;
  anchor: { readonly current: HTMLElement | null };
  testId: string;
  children: ComponentChildren;
}

function Panel({ label, anchor, testId, children }: PanelProps): JSX.Element {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!panel.current || !anchor.current) return;
    placeUnder(panel.current, anchor.current);
    panel.current.focus();
  }, []);
  return (
    <div ref={panel} class="popover panel" role="dialog" tabIndex={-1} aria-label={label} data-testid={testId}>
      {children}
    </div>
  );
}
