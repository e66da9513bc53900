import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "./IconButton";

interface Props {
  title: string;
  testId: string;
  onClose(): void;
  children: ComponentChildren;
}

/** A window over the page that has to be closed before anything else is done; the browser keeps the focus in it. */
export function Dialog({ title, testId, onClose, children }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog; Escape does the same
    <dialog
      ref={dialog}
      class="dialog"
      aria-label={title}
      data-testid={testId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2>{title}</h2>
          <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} testId={`${testId}-close`} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
