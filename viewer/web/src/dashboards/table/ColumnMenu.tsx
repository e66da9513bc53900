import type { JSX } from "preact";
import { higherIsBetter, setHigherIsBetter } from "../../state/directions";
import { inOrder, orderOf } from "../../table/order";
import { moved } from "../../table/widths";
import { hidden, order, ownKinds, SHOWN, SHOWN_WORDS, setOwnKind, shownKind, shownOf, sort } from "./settings";

interface Props {
  tag: string;
  tags: readonly string[];
  /** Metrics in the order that they have by themselves. */
  natural: readonly string[];
  close(): void;
}

/** What can be said about one column: what it shows, what is better, where it stands. */
export function ColumnMenu({ tag, tags, natural, close }: Props): JSX.Element {
  const at = tags.indexOf(tag);
  const higher = higherIsBetter(tag);
  const then = (act: () => void) => () => {
    act();
    close();
  };
  const moveTo = (before: string | null) =>
    then(() => {
      order.value = orderOf(natural, moved(inOrder(natural, order.peek()), tag, before));
    });
  return (
    <div class="hang-list">
      <span class="hang-title">{tag}</span>
      <button type="button" class="hang-item" onClick={then(() => (sort.value = [{ id: tag, descending: higher }]))}>
        Best first
      </button>
      <button type="button" class="hang-item" onClick={then(() => (sort.value = [{ id: tag, descending: !higher }]))}>
        Worst first
      </button>
      <hr />
      <div class="hang-list" role="radiogroup" aria-label="What is better">
        {[false, true].map((way) => (
          // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as an item of a menu
          <button
            key={String(way)}
            type="button"
            role="radio"
            class="hang-item"
            aria-checked={higher === way}
            data-testid={way ? "higher-better" : "lower-better"}
            onClick={then(() => setHigherIsBetter(tag, way))}
          >
            {way ? "Higher is better" : "Lower is better"}
          </button>
        ))}
      </div>
      <hr />
      <div class="hang-list" role="radiogroup" aria-label="What this column shows">
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <button
          type="button"
          role="radio"
          class="hang-item"
          aria-checked={!ownKinds.value.has(tag)}
          onClick={then(() => setOwnKind(tag, null))}
        >
          As the table ({SHOWN_WORDS[shownKind.value].toLowerCase()})
        </button>
        {SHOWN.map((kind) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <button
            key={kind}
            type="button"
            role="radio"
            class="hang-item"
            aria-checked={ownKinds.value.has(tag) && shownOf(tag) === kind}
            data-testid={`own-${kind}`}
            onClick={then(() => setOwnKind(tag, kind))}
          >
            {SHOWN_WORDS[kind]}
          </button>
        ))}
      </div>
      <hr />
      <button type="button" class="hang-item" disabled={at <= 0} onClick={moveTo(tags[at - 1] ?? null)}>
        Move left
      </button>
      <button
        type="button"
        class="hang-item"
        disabled={at < 0 || at >= tags.length - 1}
        onClick={moveTo(tags[at + 2] ?? null)}
      >
        Move right
      </button>
      <button
        type="button"
        class="hang-item"
        data-testid="hide-column"
        onClick={then(() => (hidden.value = new Set([...hidden.peek(), tag])))}
      >
        Hide
      </button>
    </div>
  );
}
