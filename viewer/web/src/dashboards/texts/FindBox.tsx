import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import { useDismiss } from "../../ui/use_dismiss";
import { FoundList } from "./FoundList";
import { findText, followWords, words } from "./find";

/** A field for words to look for in all texts; what is found opens below it. */
export function FindBox(): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal(false);
  useEffect(followWords, []);
  useDismiss(root, open.value, () => {
    open.value = false;
  });
  const press = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !open.peek()) return;
    event.preventDefault();
    const items = [...(root.current?.querySelectorAll<HTMLElement>(".found-item") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement) + by;
    (at < 0 ? input.current : items[Math.min(at, items.length - 1)])?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between what is inside
    <div ref={root} class="find" onKeyDown={press}>
      <div class="filter find-field">
        <Icon name="search" size={14} />
        <input
          ref={input}
          type="text"
          spellcheck={false}
          autocomplete="off"
          placeholder="Search in texts"
          aria-label="Search in texts"
          data-testid="text-find"
          value={findText.value}
          onFocus={() => {
            open.value = true;
          }}
          onInput={(event) => {
            findText.value = event.currentTarget.value;
            open.value = true;
          }}
        />
        {findText.value ? (
          <button
            type="button"
            class="filter-clear"
            aria-label="Clear: Search in texts"
            onClick={() => {
              findText.value = "";
              input.current?.focus();
            }}
          >
            <Icon name="close" size={12} />
          </button>
        ) : null}
      </div>
      {open.value && words.value ? (
        <FoundList
          onGo={() => {
            open.value = false;
          }}
        />
      ) : null}
    </div>
  );
}
