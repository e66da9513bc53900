import { useComputed } from "@preact/signals";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import { CardActions } from "./card_actions";
import { fullScreen, leaveFullScreen, toggleFullScreen } from "./full_screen";
import { IconButton } from "./IconButton";
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

/**
 * The frame of everything that is shown of a tag. `j` and `k` move between cards, `f` lays one over the whole page: then
 * it has the class `full`, and what shall grow with it takes the class `card-fill`.
 */
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
  const own = useRef<HTMLElement>(null);
  const root = rootRef ?? own;
  const more = useContext(CardActions);
  const full = useComputed(() => fullScreen.value !== null && fullScreen.value === root.current).value;
  useLayoutEffect(
    () => () => {
      if (fullScreen.peek() && fullScreen.peek() === root.current) leaveFullScreen();
    },
    [],
  );
  return (
    <article
      ref={root}
      class={`card${wide ? " wide" : ""}${full ? " full" : ""}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys do things with the card that has the focus
      tabIndex={0}
      aria-label={run === undefined ? title : `${title}, ${run}`}
      data-testid={testId}
      data-tag={tag}
      data-run={run}
    >
      <header class={stacked ? "card-head stacked" : "card-head"}>
        <h3>
          <TagName tag={title} prefix={prefix} />
        </h3>
        {subtitle}
        <div class="card-actions">
          {actions}
          {more}
          <IconButton
            icon={full ? "windowed" : "full"}
            label={full ? "Leave full screen (Escape)" : "Full screen (f)"}
            pressed={full}
            class="full-button"
            testId="full-screen"
            onClick={() => root.current && toggleFullScreen(root.current)}
          />
        </div>
      </header>
      {children}
    </article>
  );
}
