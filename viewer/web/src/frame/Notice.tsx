import type { ComponentChildren, JSX } from "preact";

interface Props {
  title: string;
  busy?: boolean;
  testId?: string;
  children?: ComponentChildren;
}

/** Words in the middle of an otherwise empty page. */
export function Notice({ title, busy = false, testId, children }: Props): JSX.Element {
  return (
    <div class="notice" role="status" aria-busy={busy} data-testid={testId}>
      <h2>
        {busy ? <span class="spinner" /> : null}
        {title}
      </h2>
      {children}
    </div>
  );
}
