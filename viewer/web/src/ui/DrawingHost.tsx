import type { ComponentChildren, JSX, RefObject } from "preact";

interface Props {
  hostRef: RefObject<HTMLDivElement | null>;
  class: string;
  /** What is drawn, for screen readers. */
  label: string;
  testId: string;
  /** How many steps, or curves, are drawn. */
  drawn: number;
  children?: ComponentChildren;
}

/** Where a `CanvasView` draws; arrow keys move what is pointed at. */
export function DrawingHost({ hostRef, class: name, label, testId, drawn, children }: Props): JSX.Element {
  return (
    <div
      ref={hostRef}
      class={name}
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what the pointer can ask of a drawing, keys can
      tabIndex={0}
      aria-label={label}
      data-testid={testId}
      data-steps={drawn}
    >
      {children}
    </div>
  );
}
