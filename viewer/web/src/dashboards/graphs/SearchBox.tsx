import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import { found, foundAt, goTo, MOST_FOUND, step } from "./search_state";
import { sought, soughtIsPattern } from "./settings";
import { model } from "./state";

const ROW = 28;

/** A field for names or a pattern, with what it finds below: Enter goes from one to the next. */
export function SearchBox(): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const answer = found.value;
  const error = answer?.error ?? null;
  useEffect(() => {
    const onPointer = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) open.value = false;
    };
    addEventListener("pointerdown", onPointer);
    return () => removeEventListener("pointerdown", onPointer);
  }, []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [foundAt.value]);
  const clear = (): void => {
    sought.value = "";
    open.value = false;
  };
  const onKey = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Escape") {
      if (sought.peek()) clear();
      else event.currentTarget.blur();
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      open.value = true;
      step((event.key === "Enter" && event.shiftKey) || event.key === "ArrowUp" ? -1 : 1);
    }
  };
  return (
    <div class="graph-search" ref={root}>
      <div class={`filter has-extra${error ? " has-error" : ""}`}>
        <Icon name="search" size={14} />
        <input
          ref={input}
          type="text"
          spellcheck={false}
          autocomplete="off"
          placeholder="Find a node"
          aria-label="Find a node"
          aria-invalid={error !== null}
          role="combobox"
          aria-expanded={open.value && answer !== null}
          aria-controls="graph-found"
          aria-activedescendant={open.value && foundAt.value >= 0 ? `graph-found-${foundAt.value}` : undefined}
          disabled={!model.value}
          data-testid="graph-search"
          data-filter
          value={sought.value}
          onFocus={() => {
            open.value = true;
          }}
          onInput={(event) => {
            sought.value = event.currentTarget.value;
            open.value = true;
          }}
          onKeyDown={onKey}
        />
        {sought.value ? (
          <button
            type="button"
            class="filter-clear"
            aria-label="Clear: Find a node"
            onClick={() => {
              clear();
              input.current?.focus();
            }}
          >
            <Icon name="close" size={12} />
          </button>
        ) : null}
        <button
          type="button"
          class="graph-regex"
          title="Take it for a regular expression"
          aria-label="Take it for a regular expression"
          aria-pressed={soughtIsPattern.value}
          data-testid="graph-regex"
          onClick={() => {
            soughtIsPattern.value = !soughtIsPattern.peek();
            input.current?.focus();
          }}
        >
          .*
        </button>
        <div class="filter-error" role="status" data-testid="graph-search-error">
          {error}
        </div>
      </div>
      {open.value && answer && !error ? (
        <div class="popover graph-found" data-testid="graph-found">
          <div class="graph-found-head" role="status" data-testid="graph-found-count">
            {countWords(answer.paths.length, answer.total, foundAt.value)}
          </div>
          <div
            class="graph-found-list"
            id="graph-found"
            role="listbox"
            aria-label="Nodes that were found"
            ref={list}
            style={{ maxHeight: `${ROW * 10}px` }}
          >
            {answer.paths.map((path, at) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys go through the list
              <div
                key={path}
                id={`graph-found-${at}`}
                class="graph-found-row"
                role="option"
                tabIndex={-1}
                aria-selected={at === foundAt.value}
                title={path}
                onClick={() => goTo(at)}
              >
                <PathName path={path} />
              </div>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function countWords(listed: number, total: number, at: number): string {
  if (total === 0) return "Nothing has such a name";
  const place = at >= 0 ? `${at + 1} of ` : "";
  const nodes = total === 1 ? "1 node" : `${total} nodes`;
  return `${place}${nodes}${listed < total ? `, the first ${Math.min(listed, MOST_FOUND)} listed` : ""}`;
}

/** A path whose last part stands out: what is before it gives way where there is no room. */
export function PathName({ path }: { path: string }): JSX.Element {
  const at = path.lastIndexOf("/");
  return (
    <span class="graph-path">
      {at > 0 ? <span class="graph-path-over">{path.slice(0, at + 1)}</span> : null}
      <span class="graph-path-name">{path.slice(at + 1) || path}</span>
    </span>
  );
}
