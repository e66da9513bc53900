import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Filter } from "../regex/filter";
import { Icon } from "./Icon";
import { Mistake } from "./Mistake";

interface Props {
  filter: Filter;
  label: string;
  testId: string;
  /** At the end of the field. */
  extra?: ComponentChildren;
}

/** A field for text or a regular expression; what is wrong with it is said below it. */
export function FilterBox({ filter, label, testId, extra }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const error = filter.error.value;
  const clear = (): void => {
    filter.text.value = "";
    input.current?.focus();
  };
  return (
    <div class={`filter${error ? " has-error" : ""}${extra ? " has-extra" : ""}`}>
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        spellcheck={false}
        autocomplete="off"
        placeholder={label}
        aria-label={label}
        aria-invalid={error !== null}
        aria-errormessage={`${testId}-error`}
        data-testid={testId}
        data-filter
        value={filter.text.value}
        onInput={(event) => {
          filter.text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") clear();
        }}
      />
      {filter.text.value ? (
        <button type="button" class="filter-clear" aria-label={`Clear: ${label}`} onClick={clear}>
          <Icon name="close" size={12} />
        </button>
      ) : null}
      {extra}
      <div class="filter-error" id={`${testId}-error`} role="status" aria-live="polite" data-testid={`${testId}-error`}>
        {error}
        {error && filter.place?.value ? <Mistake text={filter.text.value} place={filter.place.value} /> : null}
      </div>
    </div>
  );
}
