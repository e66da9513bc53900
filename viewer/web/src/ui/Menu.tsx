import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon";
import { placeUnder } from "./place_under";
import { useDismiss } from "./use_dismiss";

export interface MenuItem {
  key: string;
  text: string;
  icon?: IconName;
  /** In small letters at the end of the row. */
  note?: ComponentChildren;
  dim?: boolean;
  /** Marked as what is open now. */
  current?: boolean;
  testId?: string;
  choose(): void;
}

export interface MenuSection {
  title?: string;
  items: readonly MenuItem[];
}

interface Props {
  /** Name of the button for screen readers and tooltips. */
  label: string;
  /** Class and content of the button. */
  look: string;
  children: ComponentChildren;
  sections: readonly MenuSection[];
  testId: string;
}

/** A button that opens a list of things to do; arrow keys, Home, End and first letters move in it, Escape closes it. */
export function Menu({ label, look, children, sections, testId }: Props): JSX.Element {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    open.value = false;
  };
  const leave = (): void => {
    close();
    button.current?.focus();
  };
  useDismiss(root, open.value, (by) => (by === "escape" ? leave() : close()));
  return (
    <div class="menu" ref={root}>
      <button
        ref={button}
        type="button"
        class={look}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        data-testid={testId}
        onClick={() => {
          open.value = !open.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          open.value = true;
        }}
      >
        {children}
      </button>
      {open.value ? (
        <MenuList label={label} sections={sections.filter(({ items }) => items.length)} anchor={button} leave={leave} />
      ) : null}
    </div>
  );
}

interface ListProps {
  label: string;
  sections: readonly MenuSection[];
  anchor: { readonly current: HTMLElement | null };
  /** Close, and go back to the button. */
  leave(): void;
}

/** The list alone, for what opens at something else than a button of its own. */
export function MenuList({ label, sections, anchor, leave }: ListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [box, from] = [list.current, anchor.current];
    if (!box || !from) return;
    placeUnder(box, from);
    const items = itemsOf(box);
    (items.find((item) => item.getAttribute("aria-current")) ?? items[0])?.focus();
  }, []);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.key === "Escape") return;
    event.stopPropagation();
    // From the button on, to what comes after it.
    if (event.key === "Tab") leave();
    const items = itemsOf(event.currentTarget);
    const next = nextItem(items, items.indexOf(document.activeElement as HTMLElement), event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div ref={list} class="popover menu-list" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {sections.map(({ title, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a part of a menu is no <fieldset>
        <div key={title ?? ""} class="menu-section" role="group" aria-label={title}>
          {title ? <div class="menu-title">{title}</div> : null}
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={item.dim ? "menu-item dim" : "menu-item"}
              aria-current={item.current ? "page" : undefined}
              data-testid={item.testId}
              onClick={() => {
                leave();
                item.choose();
              }}
            >
              {item.icon ? <Icon name={item.icon} /> : null}
              <span class="menu-text">{item.text}</span>
              {item.note ? <span class="count">{item.note}</span> : null}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

const itemsOf = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>("[role=menuitem]")];

/** Where a key leads from the item at `at`; undefined if it leads nowhere. */
export function nextItem<T extends { textContent: string | null }>(
  items: readonly T[],
  at: number,
  key: string,
): T | undefined {
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const round = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return round.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}
