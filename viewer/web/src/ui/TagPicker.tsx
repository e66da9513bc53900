import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../format/numbers";
import { matchPlain } from "../regex/match";
import { Icon } from "./Icon";

interface Props {
  tags: readonly string[];
  /** Those that are chosen already. */
  chosen?: readonly string[];
  label: string;
  testId: string;
  onPick(tag: string): void;
}

const MOST_ROWS = 100;

/** A list of tags with a field that narrows it down; Enter takes the first. */
export function TagPicker({ tags, chosen = [], label, testId, onPick }: Props): JSX.Element {
  const text = useSignal("");
  const found = matchPlain(text.value.trim(), tags);
  const rows = tags.filter((_, at) => found[at]);
  return (
    <div class="tag-picker" data-testid={testId}>
      <input
        type="text"
        class="text-field"
        spellcheck={false}
        autocomplete="off"
        placeholder={label}
        aria-label={label}
        value={text.value}
        data-testid={`${testId}-search`}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && rows[0] !== undefined) onPick(rows[0]);
        }}
      />
      <div class="tag-rows">
        {rows.slice(0, MOST_ROWS).map((tag) => (
          <button
            key={tag}
            type="button"
            class="menu-item"
            aria-pressed={chosen.includes(tag)}
            title={tag}
            data-tag={tag}
            onClick={() => onPick(tag)}
          >
            <span class="menu-text">{tag}</span>
            {chosen.includes(tag) ? <Icon name="check" size={14} /> : null}
          </button>
        ))}
        {rows.length > MOST_ROWS ? (
          <div class="hint">{formatCount(rows.length - MOST_ROWS)} more; type a part</div>
        ) : null}
        {rows.length ? null : <div class="hint">No tag has this in it</div>}
      </div>
    </div>
  );
}
