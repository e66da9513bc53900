import type { ComponentChildren, JSX, RefObject } from "preact";
import { TagName } from "./Name";

interface Props {
  rootRef?: RefObject<HTMLElement | null>;
  tag: string;
  /** What to write for the tag, if that is not the tag. */
  title?: string;
  prefix: string;
  wide?: boolean;
  testId: string;
  run?: string;
  /** Beside the tag, such as the run of an image. */
  subtitle?: ComponentChildren;
  /** The subtitle below the tag instead of beside it. */
  stacked?: boolean;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of everything that is shown of a tag. */
export function Card({
  rootRef,
  tag,
  title = tag,
  prefix,
  wide,
  testId,
  run,
  subtitle,
  stacked,
  actions,
  children,
}: Props): JSX.Element {
  return (
    <article
      ref={rootRef ?? null}
      class={wide ? "card wide" : "card"}
      data-testid={testId}
      data-tag={tag}
      data-run={run}
    >
      <header class={stacked ? "card-head stacked" : "card-head"}>
        <h3>
          <TagName tag={title} prefix={prefix} />
        </h3>
        {subtitle}
        <div class="card-actions">{actions}</div>
      </header>
      {children}
    </article>
  );
}
